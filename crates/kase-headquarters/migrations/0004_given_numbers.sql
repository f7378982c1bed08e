-- How many account numbers were given since a moment is asked for often.
CREATE INDEX operations_numbered ON operations (settled_at) WHERE kind = 'create_customer' AND status = 'applied';
