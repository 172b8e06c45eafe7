"""Cases as several engines link them, in memory, from the same batches: `python -m bench.linking_speed`.

workload         the batches: new records, then changes
timing           how fast a number of batches was
by_us            `link`, the state machine of the worker, with histories, reasons and case changes
by_search        the plainest means: two dicts, and the changed components searched again
by_pathway       Pathway, in a process and an environment of its own
pathway_program  what that process runs
"""
