//! A form with files, as a browser sends one (RFC 7578). Files are written to the disk while they come in.

use crate::site::Site;
use crate::{
    faults::Stopped,
    fields::{self, Fields},
};
use axum::{
    extract::{FromRequest, Request},
    http::header,
};
use desk::{
    Stop,
    enclosures::{Attached, Content, MOST_BYTES},
    word_files,
};
use kernel::Fault;
use multer::{Constraints, Field, Multipart, SizeLimit};
use std::{path::Path, sync::Arc};
use tokio::io::AsyncWriteExt;

/// How much a whole form may hold: its files, its words, and what stands around them.
const LARGEST: u64 = MOST_BYTES as u64 + 4 * 1024 * 1024;
/// More files than anybody sends.
const MOST_FILES: usize = 50;

/// The fields of a form, and its files.
#[derive(Default)]
pub(crate) struct WithFiles {
    /// What was typed.
    pub(crate) fields: Fields,
    /// What was attached; fields without a file are left out.
    pub(crate) files: Vec<Attached>,
}

impl FromRequest<Site> for WithFiles {
    type Rejection = Stopped;

    async fn from_request(request: Request, state: &Site) -> Result<Self, Stopped> {
        let kind = request.headers().get(header::CONTENT_TYPE).and_then(|kind| kind.to_str().ok());
        let Some(boundary) = kind.and_then(|kind| multer::parse_boundary(kind).ok()) else {
            return Ok(Self { fields: Fields::from_request(request, state).await?, files: Vec::new() });
        };
        let limits = Constraints::new().size_limit(SizeLimit::new().whole_stream(LARGEST));
        let form = Multipart::with_constraints(request.into_body().into_data_stream(), boundary, limits);
        Ok(read(form, &state.desk.blobs.incoming()).await?)
    }
}

async fn read(mut form: Multipart<'_>, spool: &Path) -> Result<WithFiles, Stop> {
    let mut read = WithFiles::default();
    while let Some(field) = form.next_field().await.map_err(refusal)? {
        match field.file_name().map(str::to_owned) {
            Some(name) => read.files.extend(file(name, field, spool).await?),
            None => {
                let name = field.name().unwrap_or_default().to_owned();
                read.fields.add(name, field.text().await.map_err(refusal)?);
            }
        }
        if read.files.len() > MOST_FILES {
            return Err(cases::CaseRefusal::FilesTooLarge.into());
        }
    }
    Ok(read)
}

/// The file of a field; none where nothing was chosen.
async fn file(name: String, mut field: Field<'_>, spool: &Path) -> Result<Option<Attached>, Stop> {
    let media_type = field.content_type().map_or("application/octet-stream".to_owned(), ToString::to_string);
    // Some browsers send whole paths.
    let name = name.rsplit(['/', '\\']).next().unwrap_or_default().trim().to_owned();
    if name.is_empty() {
        return Ok(None);
    }
    let (file, path) = tempfile::NamedTempFile::new_in(spool).map_err(Fault::new)?.into_parts();
    let mut file = tokio::fs::File::from_std(file);
    let mut size = 0;
    while let Some(piece) = field.chunk().await.map_err(refusal)? {
        size += u64::try_from(piece.len()).unwrap_or(u64::MAX);
        file.write_all(&piece).await.map_err(Fault::new)?;
    }
    file.flush().await.map_err(Fault::new)?;
    Ok(Some(Attached { name, media_type, content: Content::Spooled(Arc::new(path), size) }))
}

fn refusal(error: multer::Error) -> Stop {
    match error {
        multer::Error::StreamSizeExceeded { .. } | multer::Error::FieldSizeExceeded { .. } => {
            cases::CaseRefusal::FilesTooLarge.into()
        }
        _ => fields::unreadable(),
    }
}

/// A form with one file that is read as a whole: a list of words.
#[derive(Default)]
pub(crate) struct OneFile {
    name: String,
    /// What it holds; empty where none was chosen.
    pub(crate) bytes: Vec<u8>,
}

impl OneFile {
    /// Its name without the ending.
    pub(crate) fn stem(&self) -> &str {
        self.name.rsplit_once('.').map_or(self.name.as_str(), |(stem, _)| stem)
    }

    /// Its name ends with one of these, behind a dot.
    pub(crate) fn ends_with(&self, endings: &[&str]) -> bool {
        self.name
            .rsplit_once('.')
            .is_some_and(|(_, ending)| endings.iter().any(|known| ending.eq_ignore_ascii_case(known)))
    }
}

/// How much may stand around the file.
const AROUND: u64 = 64 * 1024;

impl FromRequest<Site> for OneFile {
    type Rejection = Stopped;

    async fn from_request(request: Request, _: &Site) -> Result<Self, Stopped> {
        let kind = request.headers().get(header::CONTENT_TYPE).and_then(|kind| kind.to_str().ok());
        let Some(boundary) = kind.and_then(|kind| multer::parse_boundary(kind).ok()) else {
            return Ok(Self::default());
        };
        let whole = SizeLimit::new().whole_stream(word_files::MOST_BYTES as u64 + AROUND);
        let limits = Constraints::new().size_limit(whole);
        let form = Multipart::with_constraints(request.into_body().into_data_stream(), boundary, limits);
        Ok(first_file(form).await?)
    }
}

async fn first_file(mut form: Multipart<'_>) -> Result<OneFile, Stop> {
    let refusal = |error: multer::Error| match error {
        multer::Error::StreamSizeExceeded { .. } => word_files::too_large().into(),
        _ => fields::unreadable(),
    };
    while let Some(field) = form.next_field().await.map_err(refusal)? {
        if let Some(name) = field.file_name().map(str::to_owned) {
            return Ok(OneFile { name, bytes: field.bytes().await.map_err(refusal)?.to_vec() });
        }
    }
    Ok(OneFile::default())
}
