-- The files of plans and applies can be deleted, as those of states and configurations.
ALTER TABLE phases
  ADD COLUMN backing_data    text NOT NULL DEFAULT 'present' CHECK (backing_data IN ('present',
                               'backing_data_soft_deleted', 'backing_data_permanently_deleted')),
  ADD COLUMN soft_deleted_at timestamptz;
CREATE INDEX phases_soft_deleted ON phases (soft_deleted_at)
  WHERE backing_data = 'backing_data_soft_deleted';
