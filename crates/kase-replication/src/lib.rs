//! The protocol between a place and the one above it, and the link that drives it; sans-IO.
