//! A few barriers of the made-up country (K6), lived through the real use cases: about invented places, by those who would raise them.

use anyhow::Result;
use desk::barrier::{self, NewBarrier, Step};
use desk::{Desk, Role};
use domain::SafeText;
use domain::barrier::{Ended, Place};
use domain::code::{FormCode, MunicipalityCode};
use domain::time::dutch_date;
use domain::vocabulary::{BarrierInstrumentCode, BarrierStepCode, BarrierTargetCode};
use jiff::{SignedDuration, Timestamp, ToSpan};

use super::cast::Cast;

/// What becomes of one, each so many days before now.
enum Fate {
    Considered,
    Planned {
        ago: i64,
    },
    Raised {
        ago: i64,
        found: &'static str,
    },
    Ended {
        ago: i64,
        how: Ended,
        ended: i64,
        why: &'static str,
    },
    Dropped {
        ago: i64,
        why: &'static str,
    },
}

struct Made {
    org: &'static str,
    step: &'static str,
    instrument: &'static str,
    target: &'static str,
    place: &'static str,
    form: Option<&'static str>,
    what: &'static str,
    /// Days before now on which it was written down.
    ago: i64,
    fate: Fate,
}

const RIEC: &str = "org-riec";
const TOWN: &str = "org-gem-GM0193";

#[rustfmt::skip]
const ALL: [Made; 8] = [
    Made { org: RIEC, step: "huisvesten", instrument: "afspraak_branche", target: "hotel", place: "GM0193", form: Some("SU"), ago: 210,
        what: "Een hotelketen met vier huizen langs de snelweg: geen contant geld, altijd een legitimatie van elke gast",
        fate: Fate::Raised { ago: 150, found: "De keten weigerde in drie maanden negen boekingen zonder legitimatie" } },
    Made { org: RIEC, step: "laten_werken", instrument: "bibob", target: "seksbedrijf", place: "GM0599", form: Some("SU"), ago: 180,
        what: "Aanvraag voor een nieuw seksbedrijf in het havengebied",
        fate: Fate::Planned { ago: 20 } },
    Made { org: RIEC, step: "geld", instrument: "wwft_melding", target: "winkel", place: "GM0344", form: None, ago: 90,
        what: "Een belwinkel die grote bedragen contant naar het buitenland stuurt",
        fate: Fate::Raised { ago: 60, found: "De bank heeft de rekening van de winkel beëindigd" } },
    Made { org: RIEC, step: "adverteren", instrument: "verwijdering", target: "advertentiesite", place: "GM0518", form: Some("SU"), ago: 40,
        what: "Advertenties met hetzelfde nummer in zes steden",
        fate: Fate::Considered },
    Made { org: TOWN, step: "huisvesten", instrument: "sluiting", target: "vakantiepark", place: "GM0193", form: Some("AU"), ago: 300,
        what: "Een vakantiepark met tachtig arbeidsmigranten in twintig huisjes",
        fate: Fate::Ended { ago: 240, how: Ended::Expired, ended: 60, why: "De drie maanden van de sluiting zijn voorbij en het park voldoet aan de regels" } },
    Made { org: TOWN, step: "identiteit", instrument: "adrescontrole", target: "verhuurder", place: "GM0193", form: Some("AU"), ago: 120,
        what: "Panden met meer dan tien ingeschreven eenmanszaken op één adres",
        fate: Fate::Raised { ago: 100, found: "Zeven inschrijvingen zijn doorgehaald" } },
    Made { org: TOWN, step: "controle", instrument: "veiligheidsplan", target: "school", place: "GM0193", form: Some("CU"), ago: 30,
        what: "Een school voor voortgezet onderwijs bij het winkelcentrum",
        fate: Fate::Planned { ago: 10 } },
    Made { org: TOWN, step: "laten_werken", instrument: "vergunning_geweigerd", target: "club", place: "GM0193", form: None, ago: 75,
        what: "Een club die een vergunning voor de late uren vroeg",
        fate: Fate::Dropped { ago: 50, why: "De aanvraag is ingetrokken" } },
];

/// Lets them happen. A country from files may lack those who do it: then there are none.
pub(super) async fn raise(desk: &Desk, cast: &Cast, now: Timestamp) -> Result<()> {
    for made in &ALL {
        let at = |ago: i64| now - SignedDuration::from_hours(24 * ago);
        let Ok(org) = cast.org(made.org) else {
            continue;
        };
        let Ok(actor) = cast.worker(org, Role::BarrierOfficer, at(made.ago)) else {
            continue;
        };
        let text = |words: &str| SafeText::new("barrier", words, 2_000);
        let new = NewBarrier {
            step: BarrierStepCode::new(made.step)?,
            instrument: BarrierInstrumentCode::new(made.instrument)?,
            target: BarrierTargetCode::new(made.target)?,
            place: Place::Municipality(MunicipalityCode::new(made.place)?),
            forms: made
                .form
                .map(FormCode::new)
                .transpose()?
                .into_iter()
                .collect(),
            what: text(made.what)?,
            action: None,
            looked: false,
        };
        let id = barrier::open(desk, &actor, at(made.ago), new).await?;
        let plan = |ago: i64| {
            Ok::<_, anyhow::Error>(Step::Plan {
                who: text("Team ondermijning en vergunningen")?,
                until: dutch_date(at(ago)).saturating_add(60.days()),
                looked: false,
            })
        };
        let raised = |ago: i64| Step::Raise {
            on: dutch_date(at(ago)),
        };
        let steps: Vec<(i64, Step)> = match &made.fate {
            Fate::Considered => Vec::new(),
            Fate::Planned { ago } => vec![(*ago, plan(*ago)?)],
            Fate::Raised { ago, found } => vec![
                (made.ago - 5, plan(made.ago - 5)?),
                (*ago, raised(*ago)),
                (
                    ago / 2,
                    Step::Note {
                        on: dutch_date(at(ago / 2)),
                        what: text(found)?,
                        looked: false,
                    },
                ),
            ],
            Fate::Ended {
                ago,
                how,
                ended,
                why,
            } => vec![
                (made.ago - 5, plan(made.ago - 5)?),
                (*ago, raised(*ago)),
                (
                    *ended,
                    Step::End {
                        how: *how,
                        on: dutch_date(at(*ended)),
                        reason: text(why)?,
                        looked: false,
                    },
                ),
            ],
            Fate::Dropped { ago, why } => vec![(
                *ago,
                Step::Drop {
                    reason: text(why)?,
                    looked: false,
                },
            )],
        };
        for (ago, step) in steps {
            let seen = barrier::read(desk, &actor, at(ago), id).await?.version;
            barrier::take(desk, &actor, at(ago), id, seen, step).await?;
        }
    }
    Ok(())
}
