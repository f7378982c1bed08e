//! Headquarters: accounts, aliases, conversion, jobs, settings, API for the console.
