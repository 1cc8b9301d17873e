-- What a later program would bring.
ALTER TABLE things ADD COLUMN color text;
