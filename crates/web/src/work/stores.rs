//! The stores as people call them: the seven compartments by the vocabulary, the other two by the translation files.

use ::desk::kept::Store;
use jiff::civil::Date;

use crate::app::App;
use crate::texts::Say;
use crate::words;

/// The name of a store, with its code: `K3 Zorg en opvang`.
pub fn name(app: &App, store: Store, today: Date, t: &Say) -> String {
    match store {
        Store::Addresses => t.say("store-addresses").into_owned(),
        Store::System => t.say("store-system").into_owned(),
        compartment => {
            let code = compartment.name().to_uppercase();
            let list = &app.desk.vocabulary.compartments;
            format!("{code} {}", words::label(list, &code, today, t.lang()))
        }
    }
}
