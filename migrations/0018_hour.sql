-- How many minutes an hour of training has, where the organiser counts in such hours: 45, 50 or 60, by their own rules.

ALTER TABLE broadcast ADD COLUMN hour INTEGER CHECK (hour BETWEEN 30 AND 60);
