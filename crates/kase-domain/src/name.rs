//! Names of persons and organizations.

use crate::text::{bounded_text, limits};

bounded_text! {
    /// One part of a person's name, in any script.
    PersonName, limits::PERSON_NAME
}
bounded_text! {
    /// What stands before a person's name, e.g. `Dr.`.
    Title, limits::PERSON_NAME
}
bounded_text! {
    /// The name of an organization.
    OrganizationName, limits::ORGANIZATION_NAME
}
