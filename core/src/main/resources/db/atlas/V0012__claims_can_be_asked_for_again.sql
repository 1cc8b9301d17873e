-- Which delivery of a command the claim was granted to: asked again, it is granted again.
ALTER TABLE phases ADD COLUMN delivery text;
