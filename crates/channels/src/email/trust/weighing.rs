//! Rule: what the library for mail authentication found, in the words of the rules of trust.

use super::{
    handover::{Believed, believes_seals},
    results::Results,
};
use cases::trust::{
    Alignment, Covers, Found, Named, Outcome, Seal, Server, Signature, Wish, Worth, same_organisation,
};
use mail_auth::{
    ArcOutput, AuthenticatedMessage, DkimOutput, DkimResult, DmarcOutput, DmarcResult, DnsError, Error,
    SpfOutput, SpfResult,
    common::crypto::Algorithm,
    dkim::{self, DkimError},
    dmarc::Policy,
};

pub(super) fn signature(output: &DkimOutput<'_>) -> Option<Signature> {
    let signature = output.signature()?;
    let covers = |name: &str| signature.h.iter().any(|field| field.eq_ignore_ascii_case(name));
    let worth = match output.result() {
        DkimResult::Pass if is_weak(signature) || !covers("From") => Worth::Weak,
        DkimResult::Pass => Worth::Right,
        DkimResult::TempError(_) => Worth::Unknown,
        DkimResult::Neutral(Error::Dkim(DkimError::SignatureExpired)) => Worth::Expired,
        DkimResult::PermError(Error::Dns(DnsError::RecordNotFound(_) | DnsError::InvalidRecordType))
        | DkimResult::PermError(Error::Dkim(DkimError::RevokedPublicKey)) => Worth::WithoutKey,
        DkimResult::None => return None,
        DkimResult::Neutral(_) | DkimResult::Fail(_) | DkimResult::PermError(_) => Worth::Broken,
    };
    let covers_reply_to = if covers("Reply-To") { Covers::Yes } else { Covers::No };
    Some(Signature { domain: signature.d.to_lowercase(), worth, covers_reply_to })
}

/// RFC 8301: SHA-1 proves nothing any more.
fn is_weak(signature: &dkim::Signature) -> bool {
    signature.a == Algorithm::RsaSha1
}

/// Signatures that leave the end of the mail open (`l=`): anybody can add to it.
pub(super) fn open_ended(message: &AuthenticatedMessage<'_>) -> Vec<Signature> {
    let errors = message.errors.iter();
    let open = errors.filter(|field| field.header == Error::Dkim(DkimError::SignatureLength));
    open.filter_map(|field| {
        let text = String::from_utf8_lossy(field.value);
        let domain = text.split(';').find_map(|tag| tag.trim().strip_prefix("d="))?.trim().to_lowercase();
        Some(Signature { domain, worth: Worth::Weak, covers_reply_to: Covers::No })
    })
    .collect()
}

pub(super) fn server(output: &SpfOutput, domain: &str) -> Server {
    let outcome = match output.result() {
        SpfResult::Pass => Outcome::Pass,
        SpfResult::Fail | SpfResult::SoftFail => Outcome::Fail,
        SpfResult::TempError => Outcome::Unknown,
        SpfResult::Neutral | SpfResult::PermError | SpfResult::None => Outcome::Neutral,
    };
    Server { domain: domain.to_lowercase(), outcome, told_by: String::new() }
}

/// What the library needs to know of what a server found.
pub(super) fn spf(server: Option<&Server>) -> SpfOutput {
    let Some(server) = server else { return SpfOutput::default() };
    let result = match server.outcome {
        Outcome::Pass => SpfResult::Pass,
        Outcome::Fail => SpfResult::Fail,
        Outcome::Neutral => SpfResult::None,
        Outcome::Unknown => SpfResult::TempError,
    };
    SpfOutput::new(server.domain.clone()).with_result(result)
}

pub(super) fn wish(output: &DmarcOutput) -> Wish {
    let result = output.result();
    if output.dmarc_record().is_none() {
        return match result {
            DmarcResult::TempError(_) => Wish::Unknown,
            _ => Wish::Unsaid,
        };
    }
    let alignment = match result {
        DmarcResult::Pass => Alignment::Close,
        DmarcResult::TempError(_) => Alignment::Unknown,
        DmarcResult::Fail(_) | DmarcResult::PermError(_) | DmarcResult::None => Alignment::Loose,
    };
    match output.policy() {
        Policy::Quarantine | Policy::Reject => Wish::Refuse(alignment),
        Policy::None | Policy::Unspecified => Wish::Nothing(alignment),
    }
}

pub(super) fn seal(output: &ArcOutput<'_>, from: &str, believed: &Believed) -> Option<Seal> {
    let sets = output.sets();
    let (first, last) = (sets.first()?, sets.last()?);
    let is_weak = sets.iter().any(|set| set.seal.header.a == Algorithm::RsaSha1);
    let outcome = match output.result() {
        DkimResult::Pass if !is_weak => Outcome::Pass,
        DkimResult::TempError(_) => Outcome::Unknown,
        DkimResult::None => return None,
        _ => Outcome::Fail,
    };
    let sealers = sets.iter().map(|set| set.seal.header.d.as_str());
    let named = if believes_seals(believed, sealers) { Named::Yes } else { Named::No };
    let results = Results::read(&String::from_utf8_lossy(first.results.value));
    let vouched = results.of("dmarc").is_some_and(|found| {
        let of = found.property("header", "from").unwrap_or_default();
        found.result == "pass" && same_organisation(of, from)
    });
    let found = if vouched { Found::Vouched } else { Found::Other };
    Some(Seal { domain: last.seal.header.d.to_lowercase(), outcome, named, found })
}
