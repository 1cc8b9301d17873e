-- Whom an invitation is for has an id before they have an account, as clients need one, and keeps it.
ALTER TABLE organization_memberships ADD invited_user_id text;
UPDATE organization_memberships m
   SET invited_user_id = person.id
  FROM (SELECT address.email,
               'user-' || translate(left(replace(gen_random_uuid()::text, '-', ''), 16), '0', 'z')
                 AS id
          FROM (SELECT DISTINCT lower(invited_email) AS email FROM organization_memberships) address
       ) person
 WHERE lower(m.invited_email) = person.email;
ALTER TABLE organization_memberships
  ADD CHECK ((invited_user_id IS NULL) = (invited_email IS NULL));
