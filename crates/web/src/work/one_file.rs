//! A form at work with one file that is read whole, such as a spreadsheet: small, and gone when the answer is given.

use axum::extract::Request;

use super::Work;
use crate::form::TOKEN;
use crate::problem::Problem;
use crate::upload::{self, Trouble, Upload};

/// The bytes of the file, up to so many. Trouble with the file is for the form to show; a problem ends the request.
pub async fn read(
    work: &Work,
    request: Request,
    most: usize,
) -> Result<Result<Vec<u8>, Trouble>, Problem> {
    if !upload::is_upload(&request) {
        return Err(Problem::media_type());
    }
    let mut files = Upload::of(request, &work.app.shell)?;
    let (typed, came) = files.fields().await;
    let sound = work.app.tokens.check(work.session(), typed.first(TOKEN));
    if let (Err(problem), _) | (Ok(()), Err(problem)) =
        (sound, came.map_err(|_| Problem::bad_request()))
    {
        files.read_on().await;
        return Err(problem);
    }
    let bytes = whole(&mut files, most).await;
    if bytes.is_err() {
        files.read_on().await;
    }
    Ok(bytes)
}

async fn whole(files: &mut Upload, most: usize) -> Result<Vec<u8>, Trouble> {
    let mut bytes = Vec::new();
    if files.next_file().await? {
        while let Some(data) = files.data().await? {
            if bytes.len() + data.len() > most {
                return Err(Trouble::TooLarge);
            }
            bytes.extend_from_slice(&data);
        }
    }
    Ok(bytes)
}
