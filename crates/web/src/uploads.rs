//! A form with files, as a browser sends one (RFC 7578).

use crate::{
    faults::Stopped,
    fields::{self, Fields},
};
use axum::{
    extract::{FromRequest, Request},
    http::header,
};
use cases::letter::Enclosure;
use desk::{Stop, enclosures::MOST_BYTES};
use multer::{Constraints, Field, Multipart, SizeLimit};

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
    pub(crate) files: Vec<Enclosure>,
}

impl<S: Send + Sync> FromRequest<S> for WithFiles {
    type Rejection = Stopped;

    async fn from_request(request: Request, state: &S) -> Result<Self, Stopped> {
        let kind = request.headers().get(header::CONTENT_TYPE).and_then(|kind| kind.to_str().ok());
        let Some(boundary) = kind.and_then(|kind| multer::parse_boundary(kind).ok()) else {
            return Ok(Self { fields: Fields::from_request(request, state).await?, files: Vec::new() });
        };
        let limits = Constraints::new().size_limit(SizeLimit::new().whole_stream(LARGEST));
        let form = Multipart::with_constraints(request.into_body().into_data_stream(), boundary, limits);
        Ok(read(form).await.map_err(refusal)?)
    }
}

async fn read(mut form: Multipart<'_>) -> Result<WithFiles, multer::Error> {
    let mut read = WithFiles::default();
    while let Some(field) = form.next_field().await? {
        match field.file_name().map(str::to_owned) {
            Some(name) => read.files.extend(file(name, field).await?),
            None => {
                let name = field.name().unwrap_or_default().to_owned();
                read.fields.add(name, field.text().await?);
            }
        }
        if read.files.len() > MOST_FILES {
            return Err(multer::Error::StreamSizeExceeded { limit: LARGEST });
        }
    }
    Ok(read)
}

/// The file of a field; none where nothing was chosen.
async fn file(name: String, field: Field<'_>) -> Result<Option<Enclosure>, multer::Error> {
    let media_type = field.content_type().map_or("application/octet-stream".to_owned(), ToString::to_string);
    let content = field.bytes().await?.to_vec();
    // Some browsers send whole paths.
    let name = name.rsplit(['/', '\\']).next().unwrap_or_default().trim().to_owned();
    Ok((!name.is_empty()).then_some(Enclosure { name, media_type, content }))
}

fn refusal(error: multer::Error) -> Stop {
    match error {
        multer::Error::StreamSizeExceeded { .. } | multer::Error::FieldSizeExceeded { .. } => {
            cases::CaseRefusal::FilesTooLarge.into()
        }
        _ => fields::unreadable(),
    }
}
