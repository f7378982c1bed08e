//! A channel: API for registers and web shops, operation log, customer replica, its link to headquarters.
