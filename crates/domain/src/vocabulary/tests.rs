use super::*;

#[test]
fn the_builtin_vocabulary_is_good() {
    if let Err(error) = Vocabulary::builtin() {
        panic!("{error}");
    }
}
