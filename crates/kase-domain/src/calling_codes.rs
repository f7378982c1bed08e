//! Calling codes and the lengths of national numbers, after the ITU's list of E.164 country codes and the
//! national numbering plans of the countries the chain is likely to meet. The same small table stands at every
//! place: a register must never accept a number that headquarters refuses.

/// How numbers of one calling code look.
#[derive(Debug)]
pub(crate) struct Numbering {
    /// ISO 3166-1 alpha-2, or empty where only the calling code is known.
    country: &'static str,
    /// The calling code, without `+`.
    pub(crate) code: &'static str,
    /// Fewest digits of a national number.
    pub(crate) min: usize,
    /// Most digits of a national number.
    pub(crate) max: usize,
    /// What is dialled before a national number within the country only.
    pub(crate) trunk: Option<&'static str>,
}

/// Numbers of `country`, when it is known.
pub(crate) fn of_country(country: &str) -> Option<&'static Numbering> {
    NUMBERINGS.iter().find(|numbering| numbering.country == country)
}

/// The longest calling code that `digits` begins with. No calling code is the beginning of another.
pub(crate) fn of_number(digits: &str) -> Option<&'static Numbering> {
    NUMBERINGS.iter().find(|numbering| digits.starts_with(numbering.code))
}

const fn known(
    country: &'static str,
    code: &'static str,
    min: usize,
    max: usize,
    trunk: &'static str,
) -> Numbering {
    Numbering { country, code, min, max, trunk: if trunk.is_empty() { None } else { Some(trunk) } }
}

/// Only the calling code is known: any length that E.164 (at most 15 digits in all) allows.
const fn other(code: &'static str) -> Numbering {
    known("", code, 4, 15 - code.len(), "")
}

#[rustfmt::skip]
static NUMBERINGS: &[Numbering] = &[
    known("LV", "371", 8, 8, ""),
    known("EE", "372", 7, 8, ""),
    known("LT", "370", 8, 8, "0"),
    known("FI", "358", 5, 12, "0"),
    known("SE", "46", 6, 9, "0"),
    known("NO", "47", 8, 8, ""),
    known("DK", "45", 8, 8, ""),
    known("IS", "354", 7, 9, ""),
    known("PL", "48", 9, 9, ""),
    known("DE", "49", 5, 13, "0"),
    known("AT", "43", 4, 13, "0"),
    known("CH", "41", 9, 9, "0"),
    known("LI", "423", 7, 9, ""),
    known("FR", "33", 9, 9, "0"),
    known("BE", "32", 8, 9, "0"),
    known("NL", "31", 9, 9, "0"),
    known("LU", "352", 4, 11, ""),
    known("IE", "353", 7, 9, "0"),
    known("GB", "44", 9, 10, "0"),
    known("ES", "34", 9, 9, ""),
    known("PT", "351", 9, 9, ""),
    known("IT", "39", 5, 12, ""),
    known("GR", "30", 10, 10, ""),
    known("CY", "357", 8, 8, ""),
    known("MT", "356", 8, 8, ""),
    known("CZ", "420", 9, 9, ""),
    known("SK", "421", 9, 9, "0"),
    known("HU", "36", 8, 9, "06"),
    known("SI", "386", 8, 8, "0"),
    known("HR", "385", 8, 9, "0"),
    known("BA", "387", 8, 9, "0"),
    known("RS", "381", 7, 10, "0"),
    known("ME", "382", 8, 9, "0"),
    known("MK", "389", 8, 8, "0"),
    known("AL", "355", 8, 9, "0"),
    known("XK", "383", 8, 9, "0"),
    known("BG", "359", 7, 9, "0"),
    known("RO", "40", 9, 9, "0"),
    known("MD", "373", 8, 8, "0"),
    known("UA", "380", 9, 9, "0"),
    known("BY", "375", 9, 9, "80"),
    known("RU", "7", 10, 10, "8"),
    known("KZ", "7", 10, 10, "8"),
    known("GE", "995", 9, 9, "0"),
    known("AM", "374", 8, 8, "0"),
    known("AZ", "994", 9, 9, "0"),
    known("TR", "90", 10, 10, "0"),
    known("IL", "972", 8, 9, "0"),
    known("AE", "971", 7, 9, "0"),
    known("SA", "966", 8, 9, "0"),
    known("QA", "974", 7, 8, ""),
    known("KW", "965", 7, 8, ""),
    known("BH", "973", 8, 8, ""),
    known("OM", "968", 7, 8, ""),
    known("JO", "962", 8, 9, "0"),
    known("LB", "961", 7, 8, "0"),
    known("SY", "963", 8, 9, "0"),
    known("IQ", "964", 8, 10, "0"),
    known("IR", "98", 8, 10, "0"),
    known("EG", "20", 8, 10, "0"),
    known("MA", "212", 9, 9, "0"),
    known("DZ", "213", 8, 9, "0"),
    known("TN", "216", 8, 8, ""),
    known("LY", "218", 8, 9, "0"),
    known("US", "1", 10, 10, "1"),
    known("CA", "1", 10, 10, "1"),
    known("MX", "52", 10, 10, ""),
    known("BR", "55", 10, 11, "0"),
    known("AR", "54", 10, 11, "0"),
    known("CL", "56", 8, 9, ""),
    known("CO", "57", 8, 10, ""),
    known("PE", "51", 8, 9, "0"),
    known("AU", "61", 9, 9, "0"),
    known("NZ", "64", 8, 10, "0"),
    known("JP", "81", 9, 10, "0"),
    known("KR", "82", 8, 10, "0"),
    known("CN", "86", 7, 11, "0"),
    known("TW", "886", 8, 9, "0"),
    known("HK", "852", 8, 8, ""),
    known("MO", "853", 8, 8, ""),
    known("SG", "65", 8, 8, ""),
    known("MY", "60", 8, 10, "0"),
    known("TH", "66", 8, 9, "0"),
    known("VN", "84", 9, 10, "0"),
    known("PH", "63", 8, 10, "0"),
    known("ID", "62", 7, 12, "0"),
    known("IN", "91", 10, 10, "0"),
    known("PK", "92", 9, 10, "0"),
    known("BD", "880", 8, 10, "0"),
    known("LK", "94", 9, 9, "0"),
    known("UZ", "998", 9, 9, ""),
    known("KG", "996", 9, 9, "0"),
    known("TJ", "992", 9, 9, ""),
    known("TM", "993", 8, 8, "8"),
    known("MN", "976", 8, 8, "0"),
    known("ZA", "27", 9, 9, "0"),
    known("NG", "234", 7, 10, "0"),
    known("KE", "254", 9, 10, "0"),
    known("ET", "251", 9, 9, "0"),
    known("GH", "233", 9, 9, "0"),
    other("211"), other("220"), other("221"), other("222"), other("223"), other("224"), other("225"),
    other("226"), other("227"), other("228"), other("229"), other("230"), other("231"), other("232"),
    other("235"), other("236"), other("237"), other("238"), other("239"), other("240"), other("241"),
    other("242"), other("243"), other("244"), other("245"), other("246"), other("247"), other("248"),
    other("249"), other("250"), other("252"), other("253"), other("255"), other("256"), other("257"),
    other("258"), other("260"), other("261"), other("262"), other("263"), other("264"), other("265"),
    other("266"), other("267"), other("268"), other("269"), other("290"), other("291"), other("297"),
    other("298"), other("299"), other("350"), other("376"), other("377"), other("378"), other("379"),
    other("500"), other("501"), other("502"), other("503"), other("504"), other("505"), other("506"),
    other("507"), other("508"), other("509"), other("53"), other("58"), other("590"), other("591"),
    other("592"), other("593"), other("594"), other("595"), other("596"), other("597"), other("598"),
    other("599"), other("670"), other("672"), other("673"), other("674"), other("675"), other("676"),
    other("677"), other("678"), other("679"), other("680"), other("681"), other("682"), other("683"),
    other("685"), other("686"), other("687"), other("688"), other("689"), other("690"), other("691"),
    other("692"), other("93"), other("95"), other("850"), other("855"), other("856"), other("870"),
    other("878"), other("881"), other("882"), other("883"), other("888"), other("960"), other("967"),
    other("970"), other("975"), other("977"), other("979"), other("800"), other("808"),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_calling_code_begins_another() {
        for a in NUMBERINGS {
            for b in NUMBERINGS {
                assert!(a.code == b.code || !b.code.starts_with(a.code), "{} and {}", a.code, b.code);
            }
        }
    }
}
