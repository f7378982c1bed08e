//! The catalogues of user-visible text, English and Latvian, and their lookup.
