//! The stories of the desk, each told once and run on both engines.

#![allow(clippy::unwrap_used, reason = "in a test, what is missing is a failure")]

mod agreeing;
mod approvals;
mod arriving;
mod board;
mod clocks;
mod correcting;
mod engines;
mod escalating;
mod hand_overs;
mod identities;
mod levels;
mod outstanding;
mod paging;
mod parking;
mod participating;
mod permits;
mod place;
mod plainness;
mod receiving;
mod replying;
mod risk;
mod roster;
mod routing;
mod seams;
mod seeing;
mod senders;
mod sending;
mod sending_domains;
mod signals;
mod signing_in;
mod speakers;
mod targets;
mod threads;
mod tracing;
mod translating;
mod understanding;
mod words;
mod working;

use kernel::Stop;

/// The code of a refusal; `ok` where nothing was refused.
fn code<T>(result: Result<T, Stop>) -> &'static str {
    match result {
        Ok(_) => "ok",
        Err(Stop::Refused(refused)) => refused.code,
        Err(Stop::Fault(fault)) => panic!("a fault instead of a refusal: {fault}"),
    }
}
