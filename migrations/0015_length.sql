-- How long a broadcast is planned to take: the desk says how much of it is left.

ALTER TABLE broadcast ADD COLUMN minutes INTEGER CHECK (minutes BETWEEN 1 AND 1440);
