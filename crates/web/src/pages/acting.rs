//! Somebody acting on a case from its page: who, on which case, and the page that they come back to.

use super::{
    Answer,
    case::{Drawn, draw},
    go,
    inbox_address::Shown,
    refuse,
};
use crate::{
    fields::{At, Fields},
    said::Said,
    session::{SignedIn, Turned},
    site::Site,
};
use axum::{
    extract::{FromRequestParts, Query},
    http::{Uri, header, request::Parts},
    response::Response,
};
use desk::{Desk, Stop};
use kernel::{CaseId, MessageId, Reach};
use serde::Deserialize;

/// What every handler of such an act takes.
pub(crate) struct Acting {
    pub(super) site: Site,
    pub(super) signed_in: SignedIn,
    pub(super) case: CaseId,
    /// The list from which the page was opened, as the page's own address tells.
    list: Shown,
}

#[derive(Deserialize)]
struct OnCase {
    case: CaseId,
}

/// The message that the act is about.
#[derive(Deserialize)]
pub(crate) struct OnMessage {
    pub(super) message: MessageId,
}

impl FromRequestParts<Site> for Acting {
    type Rejection = Turned;

    async fn from_request_parts(parts: &mut Parts, site: &Site) -> Result<Self, Turned> {
        let signed_in = <SignedIn as FromRequestParts<Site>>::from_request_parts(parts, site).await?;
        let At(OnCase { case }) = At::from_request_parts(parts, site).await?;
        let referer = parts.headers.get(header::REFERER).and_then(|value| value.to_str().ok());
        let page: Option<Uri> = referer.and_then(|referer| referer.parse().ok());
        let fields = page.and_then(|page| Query::<Fields>::try_from_uri(&page).ok());
        let list = fields.map(|Query(fields)| Shown::from_fields(&fields)).unwrap_or_default();
        Ok(Self { site: site.clone(), signed_in, case, list })
    }
}

impl Acting {
    pub(super) fn desk(&self) -> &Desk {
        &self.site.desk
    }

    pub(super) fn reach(&self) -> &Reach {
        self.signed_in.reach()
    }

    /// Back to the case, unless it has just gone out of the person's own sight: then to the list.
    pub(super) async fn ended(&self, done: Result<(), Stop>, said: Said) -> Answer {
        if let Err(stop) = done {
            return self.refused(stop, Drawn::default()).await;
        }
        let seen = desk::case_page::seen(self.desk(), self.reach(), self.case).await?;
        Ok(if seen { self.to_case(self.case, said) } else { go(&self.list.url(), said) })
    }

    /// To a case, with what was done.
    pub(super) fn to_case(&self, case: CaseId, said: Said) -> Response {
        go(&self.list.case_url(case), said)
    }

    /// The case again, with what was asked for.
    pub(super) async fn drawn(&self, drawn: Drawn) -> Answer {
        let drawn = Drawn { list: self.list.clone(), ..drawn };
        Ok(draw(&self.site, &self.signed_in, self.case, drawn).await?)
    }

    /// The case again with the refusal, and with what was typed.
    pub(super) async fn refused(&self, stop: Stop, typed: Drawn) -> Answer {
        refuse(stop, async |flash| {
            let drawn = Drawn { list: self.list.clone(), flash, ..typed };
            draw(&self.site, &self.signed_in, self.case, drawn).await
        })
        .await
    }
}
