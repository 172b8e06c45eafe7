-- The police forces, by their number in the Police National Computer. Regions are those of the Office for National
-- Statistics; local criminal justice boards as the CJS Delivery Data Dashboard has them (data quality note, November
-- 2022, pages 30 and 31). British Transport Police has neither.

CREATE TABLE IF NOT EXISTS casestream.forces
(
    force LowCardinality(String),
    name String,
    board String,
    region LowCardinality(String)
)
ENGINE = ReplacingMergeTree
ORDER BY force;

INSERT INTO casestream.forces (force, name, board, region) VALUES
    ('01', 'Metropolitan', 'London', 'London'),
    ('03', 'Cumbria', 'Cumbria', 'North West'),
    ('04', 'Lancashire', 'Lancashire', 'North West'),
    ('05', 'Merseyside', 'Merseyside', 'North West'),
    ('06', 'Greater Manchester', 'Greater Manchester', 'North West'),
    ('07', 'Cheshire', 'Cheshire', 'North West'),
    ('10', 'Northumbria', 'Northumbria', 'North East'),
    ('11', 'Durham', 'Cleveland and Durham', 'North East'),
    ('12', 'North Yorkshire', 'North Yorkshire', 'Yorkshire and The Humber'),
    ('13', 'West Yorkshire', 'West Yorkshire', 'Yorkshire and The Humber'),
    ('14', 'South Yorkshire', 'South Yorkshire', 'Yorkshire and The Humber'),
    ('16', 'Humberside', 'Humberside', 'Yorkshire and The Humber'),
    ('17', 'Cleveland', 'Cleveland and Durham', 'North East'),
    ('20', 'West Midlands', 'West Midlands', 'West Midlands'),
    ('21', 'Staffordshire', 'Staffordshire', 'West Midlands'),
    ('22', 'West Mercia', 'West Mercia', 'West Midlands'),
    ('23', 'Warwickshire', 'Warwickshire', 'West Midlands'),
    ('30', 'Derbyshire', 'Derbyshire', 'East Midlands'),
    ('31', 'Nottinghamshire', 'Nottinghamshire', 'East Midlands'),
    ('32', 'Lincolnshire', 'Lincolnshire', 'East Midlands'),
    ('33', 'Leicestershire', 'Leicestershire', 'East Midlands'),
    ('34', 'Northamptonshire', 'Northamptonshire', 'East Midlands'),
    ('35', 'Cambridgeshire', 'Cambridgeshire', 'East of England'),
    ('36', 'Norfolk', 'Norfolk and Suffolk', 'East of England'),
    ('37', 'Suffolk', 'Norfolk and Suffolk', 'East of England'),
    ('40', 'Bedfordshire', 'Bedfordshire', 'East of England'),
    ('41', 'Hertfordshire', 'Hertfordshire', 'East of England'),
    ('42', 'Essex', 'Essex', 'East of England'),
    ('43', 'Thames Valley', 'Thames Valley', 'South East'),
    ('44', 'Hampshire and Isle of Wight', 'Hampshire and Isle of Wight', 'South East'),
    ('45', 'Surrey', 'Surrey', 'South East'),
    ('46', 'Kent', 'Kent', 'South East'),
    ('47', 'Sussex', 'Sussex', 'South East'),
    ('48', 'City of London', 'London', 'London'),
    ('50', 'Devon and Cornwall', 'Devon and Cornwall', 'South West'),
    ('52', 'Avon and Somerset', 'Avon and Somerset', 'South West'),
    ('53', 'Gloucestershire', 'Gloucestershire', 'South West'),
    ('54', 'Wiltshire', 'Wiltshire', 'South West'),
    ('55', 'Dorset', 'Dorset', 'South West'),
    ('60', 'North Wales', 'North Wales', 'Wales'),
    ('61', 'Gwent', 'Gwent', 'Wales'),
    ('62', 'South Wales', 'South Wales', 'Wales'),
    ('63', 'Dyfed-Powys', 'Dyfed-Powys', 'Wales'),
    ('93', 'British Transport Police', '', '');

-- The messages of the feeds and their rejects without bodies, for boards.
CREATE OR REPLACE VIEW casestream.feed_messages AS
SELECT topic, epoch, partition, offset, received_at, agency, type, source, event_id, time, findings
FROM casestream.events FINAL;

CREATE OR REPLACE VIEW casestream.feed_rejects AS
SELECT topic, epoch, partition, offset, received_at, agency, stage, rule, field, reason, type, source, event_id
FROM casestream.rejects FINAL;
