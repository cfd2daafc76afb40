//! Believable names of companies that watch temperatures: cold stores, pharmacies, laboratories, clinics, food makers.

/// The parent's own name.
pub(crate) const PARENT: &str = "Northwind Monitoring";

const PLACES: [&str; 72] = [
    "Aurora",
    "Bayview",
    "Birchwood",
    "Blue Ridge",
    "Bodensee",
    "Boulder",
    "Bremer",
    "Brookfield",
    "Cascade",
    "Cedar Falls",
    "Chesapeake",
    "Clearwater",
    "Coastal",
    "Copenhagen",
    "Crescent",
    "Delaware",
    "Eastgate",
    "Elbe",
    "Evergreen",
    "Fairview",
    "Fjord",
    "Flanders",
    "Fox Valley",
    "Glacier",
    "Granite",
    "Great Lakes",
    "Greenfield",
    "Harbor",
    "Helvetia",
    "Highland",
    "Hudson",
    "Ironbridge",
    "Juniper",
    "Keystone",
    "Lakeshore",
    "Limburg",
    "Lone Star",
    "Maplewood",
    "Meridian",
    "Midland",
    "Mosel",
    "Mountain View",
    "Nordic",
    "North Shore",
    "Oakridge",
    "Old Mill",
    "Pacific",
    "Pinecrest",
    "Piedmont",
    "Prairie",
    "Provence",
    "Red River",
    "Rhine",
    "Riverside",
    "Saint Croix",
    "Savoy",
    "Shoreline",
    "Silver Creek",
    "Skagit",
    "Stonegate",
    "Summit",
    "Sunbelt",
    "Tamarack",
    "Three Rivers",
    "Tidewater",
    "Tuscan",
    "Union",
    "Vista",
    "Westbrook",
    "Whitewater",
    "Willow Creek",
    "Yellowstone",
];

const TRADES: [&str; 40] = [
    "Cold Storage",
    "Pharmacy",
    "Diagnostics",
    "Family Clinic",
    "Foods",
    "Blood Center",
    "Creamery",
    "Biologics",
    "Vaccines",
    "Seafood",
    "Veterinary Hospital",
    "Medical Center",
    "Meats",
    "Laboratories",
    "Ice Cream",
    "Refrigerated Freight",
    "Compounding Pharmacy",
    "Produce",
    "Dialysis",
    "Research Institute",
    "Bakery",
    "Fertility Clinic",
    "Distillers",
    "Cold Chain",
    "Hospice",
    "Genomics",
    "Frozen Foods",
    "Health System",
    "Dairy",
    "Urgent Care",
    "Catering",
    "Plasma",
    "Poultry",
    "Museum Storage",
    "Tissue Bank",
    "Wine Cellars",
    "Pediatrics",
    "Oncology",
    "Orchards",
    "Logistics",
];

const FORMS: [&str; 8] = [
    "", " Inc.", " LLC", " GmbH", " Ltd", " Group", " B.V.", " S.A.",
];

/// Names that have broken programs before, each put among the others once.
pub(crate) const HARD: [&str; 12] = [
    "Pharmacie de l'Étoile",
    "O'Brien & Sons Cold Storage",
    "Käserei Grünwald GmbH & Co. KG",
    "Ærø Fiskeeksport A/S",
    "Northern Regional Blood, Plasma and Tissue Services Cooperatives",
    "مختبرات الشفاء",
    "Polar 🧊 Gelato",
    "Smith \"Smitty\" Meats <Chicago>",
    "St. Mary's Hospital – Pharmacy #2",
    "São João Laticínios",
    "100% Organic Dairy",
    "Łódź Laboratorium Żywności",
];

/// The subaccount's name at a place in the order of making: the same for the same place, and all different but for the few
/// that repeat on purpose, as they do in real accounts.
pub(crate) fn company(ordinal: usize) -> String {
    const STEP: usize = 9;
    const FIRST_HARD: usize = 4;
    if let Some(name) = ordinal
        .checked_sub(FIRST_HARD)
        .filter(|past| past % STEP == 0)
        .and_then(|past| HARD.get(past / STEP))
    {
        return (*name).to_owned();
    }
    // Two pairs of namesakes: Twilio does not keep names apart.
    match ordinal {
        60 => plain(11),
        97 => plain(23),
        _ => plain(ordinal),
    }
}

fn plain(ordinal: usize) -> String {
    const ALL: usize = PLACES.len() * TRADES.len() * FORMS.len();
    // A factor without a common divisor with the count visits every combination once, neighbours far apart.
    let pick = ordinal.wrapping_mul(9_607) % ALL;
    let place = PLACES[pick % PLACES.len()];
    let trade = TRADES[pick / PLACES.len() % TRADES.len()];
    let form = FORMS[pick / (PLACES.len() * TRADES.len()) % FORMS.len()];
    format!("{place} {trade}{form}")
}

/// The name of a key for DicksonOne, cut so that it stays within Twilio's 64 characters.
pub(crate) fn dickson_key(company: &str) -> String {
    const ENDING: &str = " - DicksonOne";
    let room = super::NAME_LENGTH - ENDING.len();
    let company: String = company.chars().take(room).collect();
    format!("{}{ENDING}", company.trim_end())
}

#[cfg(test)]
mod tests {
    use std::collections::HashMap;

    use proptest::prelude::*;

    use super::*;
    use crate::seed::NAME_LENGTH;

    #[test]
    fn ten_thousand_names_are_distinct_but_for_two_pairs_of_namesakes() {
        let mut seen: HashMap<String, usize> = HashMap::new();
        for ordinal in 0..10_000 {
            *seen.entry(company(ordinal)).or_default() += 1;
        }
        let mut repeated: Vec<_> = seen.iter().filter(|&(_, &count)| count > 1).collect();
        repeated.sort();
        assert_eq!(repeated.len(), 2, "{repeated:?}");
        assert!(repeated.iter().all(|&(_, &count)| count == 2));
    }

    #[test]
    fn every_hard_name_is_among_the_first_150_and_one_is_exactly_64_characters_long() {
        let names: Vec<String> = (0..150).map(company).collect();
        assert!(
            HARD.iter()
                .all(|hard| names.iter().any(|name| name == hard))
        );
        assert_eq!(
            names
                .iter()
                .filter(|name| name.chars().count() == 64)
                .count(),
            1
        );
    }

    proptest! {
        #[test]
        fn every_name_fits_within_64_characters(ordinal in 0_usize..20_000) {
            let name = company(ordinal);
            prop_assert!(!name.is_empty() && name.chars().count() <= NAME_LENGTH);
            prop_assert!(!name.chars().any(char::is_control));
        }

        #[test]
        fn a_key_name_fits_whatever_the_customer_is_called(customer in any::<String>()) {
            let name = dickson_key(&customer);
            prop_assert!(name.chars().count() <= NAME_LENGTH);
            prop_assert!(name.ends_with(" - DicksonOne"));
        }
    }
}
