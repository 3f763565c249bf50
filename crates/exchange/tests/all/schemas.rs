//! The published schema of an action is the type that is read and written.

use std::path::PathBuf;

use exchange::plan::{ActionRow, COLUMNS};
use serde_json::Value;

#[test]
fn the_schema_and_the_columns_are_the_same() {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../schemas/action.schema.json");
    let schema: Value = serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap();
    for example in schema["examples"].as_array().unwrap() {
        let action: ActionRow = serde_json::from_value(example.clone()).unwrap();
        assert_eq!(&serde_json::to_value(&action).unwrap(), example);
    }
    assert_eq!(schema["required"], serde_json::json!(COLUMNS));
    let statuses = &schema["properties"]["status"]["enum"];
    assert_eq!(statuses, &serde_json::json!(exchange::STATUSES));
}
