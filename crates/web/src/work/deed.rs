//! A deed: a form is read, the desk is asked, and one goes on; or the form comes back as it was filled in, with what is wrong.
//!
//! ```ignore
//! let read = |form: &mut Form| {
//!     let seen = seen(form);
//!     let reason = safe_text(form, "reason", 2_000).required();
//!     Ok((seen?, reason?))
//! };
//! let act = |(seen, reason)| intake::send_back(desk, &work.actor, work.now, id, seen, reason);
//! match deed(body, said(&["reason"]), read, act).await? {
//!     Ok(()) => Ok(done(id, "sent-back")),
//!     Err(f) => page(&work, id, f, WRONG).await,
//! }
//! ```

use desk::DeskError;

use super::form_page::{refused, seen};
use crate::form::{Filled, Form, FormBody, Read};
use crate::problem::Problem;
use crate::texts::Key;

/// How a subject says what the desk refuses.
#[derive(Clone, Copy)]
pub struct Said {
    /// The form's fields at which the desk can find a fault.
    pub fields: &'static [&'static str],
    /// The words for a key of the desk.
    pub words: fn(&str) -> Option<Key>,
}

/// Reads a form and does the deed. `read` reads every field before an error stops it, so that all faults stand on the page; what the
/// desk refuses stands at its field or above the form. The inner error is the form to show again; the outer one a page of its own.
pub async fn deed<I, T, F>(
    body: FormBody,
    said: Said,
    read: impl FnOnce(&mut Form) -> Read<I>,
    act: impl FnOnce(I) -> F,
) -> Result<Result<T, Filled>, Problem>
where
    F: Future<Output = Result<T, DeskError>>,
{
    let typed = body.0.clone();
    let mut form = Form::new(body);
    let input = read(&mut form);
    let input = match form.finish(|| input) {
        Ok(input) => input,
        Err(filled) => return Ok(Err(filled)),
    };
    match act(input).await {
        Ok(done) => Ok(Ok(done)),
        Err(error) => refused(typed, error, said.fields, said.words).map(Err),
    }
}

/// The version behind a button that asks nothing else. Such a form cannot be filled in wrongly, only forged.
pub fn pressed(body: FormBody) -> Result<i64, Problem> {
    let mut form = Form::new(body);
    let seen = seen(&mut form);
    form.finish(|| seen).map_err(|_| Problem::bad_request())
}
