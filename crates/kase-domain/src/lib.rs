//! Customers, policies, the permission table and the creation decision: pure rules, no IO.
