//! A local calendar time, as the platform has taken it apart.

/// A second on the wall clock of whoever reads it. Only the platform knows time zones, so it fills this.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Moment {
    /// The year, such as 2026.
    pub year: u16,
    /// 1 to 12.
    pub month: u8,
    /// 1 to 31.
    pub day: u8,
    /// 0 to 23.
    pub hour: u8,
    /// 0 to 59.
    pub minute: u8,
    /// 0 to 59 (60 in a leap second).
    pub second: u8,
}

impl Moment {
    /// Hour and minute, `14:02`; both languages read the clock in 24 hours.
    pub(crate) fn clock(self) -> String {
        format!("{:02}:{:02}", self.hour, self.minute)
    }
}
