"""What the benches of people linking share: collections of records with their truth, Splink's answer, and ours.

measured     precision and recall, of pairs and of whole clusters
collections  records as rows, their truth, and the model that they are linked by
public       collections that others published: febrl3, febrl4, fake_1000
made         made-up people as four agencies know them, at three levels of dirt
simulated    people of a simulated history, from its events
by_splink    training, and batch linking, with the installed Splink
by_us        the same with `processors.people`
changing     records that come, are corrected and are deleted
corrections  how well those are linked meanwhile, and what it costs
lines        what a bench says of a collection, and where casestream is below Splink
"""
