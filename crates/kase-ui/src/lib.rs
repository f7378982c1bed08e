//! Components that Kase's front ends share.
