-- Repeated seeds are found with every default in place: what the specs of older versions leave out counts as its default.
-- Specs that were read before are read again.
UPDATE cursors SET spec_stamp = '';
