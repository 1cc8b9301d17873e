-- Something to migrate to.
CREATE TABLE things (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, word text NOT NULL UNIQUE, size int NOT NULL CHECK (size > 0));
