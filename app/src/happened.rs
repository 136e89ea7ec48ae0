//! Letters about what happened to somebody's role, hours, supervision or beginning: one for each happening, with nothing in its subject
//! that tells what it is about, and none for whoever would rather be rung.

use domain::people::PersonId;
use domain::training::requirement::is_written_to;
use store::Tx;

use crate::answer::Broken;
use crate::cx::Cx;
use crate::letters;

/// What happened.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Happened {
    /// A role was issued to them, to be read and signed.
    RoleIssued,
    /// The other of the two has signed.
    OtherSigned,
    /// The other of the two has signed, and they had before.
    BothSigned,
    /// Hours came back with a question.
    HoursAsked,
    /// Hours were agreed.
    HoursAgreed,
    /// What they had accepted has begun.
    Begun,
    /// What they had accepted does not begin.
    LetGo,
    /// A placement of theirs ends early.
    PlacementEnds,
    /// An agreement on supervision, or its next version, waits for them.
    AgreementWaits,
    /// The other has agreed to it.
    OtherAgreed,
    /// Another wrote down that they met.
    SessionWritten,
    /// Somebody planned when they meet.
    Planned,
    /// Something that was planned was moved or called off.
    PlanChanged,
    /// They meet tomorrow.
    Tomorrow,
    /// Somebody asks them for a debrief.
    DebriefAsked,
    /// A supervision of theirs ends.
    SupervisionEnds,
    /// Somebody does not agree with what they wrote down.
    NotAgreed,
    /// The other shared something about when they met.
    Shared,
    /// A concern reaches them.
    ConcernRaised,
    /// Somebody has taken on a concern of theirs.
    ConcernTakenOn,
    /// Nobody has taken on a concern of theirs in time.
    ConcernUnanswered,
}

impl Happened {
    /// What the letter says, before where it is to be read.
    pub(crate) const fn says(self) -> &'static str {
        match self {
            Self::RoleIssued => {
                "A role was issued to you. Sign in, read it in your own time, and sign it if you agree, on this page:"
            }
            Self::OtherSigned => {
                "A role that you sign too was signed by the other of you. Sign in, read it, and sign it if you agree, on this page:"
            }
            Self::BothSigned => {
                "A role that you have signed was signed by the other of you as well. It is here:"
            }
            Self::HoursAsked => {
                "There is a question about hours that you wrote down. Nothing is lost: answer it by changing the line, on this page:"
            }
            Self::HoursAgreed => {
                "Hours that you wrote down were agreed, and count now. They are on this page:"
            }
            Self::PlacementEnds => {
                "A placement of yours ends earlier than was arranged. What you did on it stays. When and why stands on this page:"
            }
            Self::AgreementWaits => {
                "Somebody wrote down how often you meet, and what stays between you. Sign in, read it in your own time, and agree to it or change it first, on this page:"
            }
            Self::OtherAgreed => {
                "The other of you has agreed to what you wrote down together. It is on this page:"
            }
            Self::SupervisionEnds => {
                "What you agreed to meet for has a last day. What was written down stays for you to read. When it ends stands on this page:"
            }
            Self::Planned => "Somebody planned when you meet. The days are on this page:",
            Self::PlanChanged => {
                "Something that was planned with you was moved or called off. How it stands now is on this page:"
            }
            Self::DebriefAsked => "Somebody asks you for a debrief. Who, and how soon, stands on this page:",
            Self::Tomorrow => "You meet somebody tomorrow. When and where stands on this page:",
            Self::NotAgreed => {
                "Somebody does not agree with how you wrote down that you met. What they say to it stands on this page, where you can change it:"
            }
            Self::Shared => {
                "The other of you shared something with you about when you met. It is on this page:"
            }
            Self::SessionWritten => {
                "It is written down that you met. Say whether it was so, or how it was, on this page:"
            }
            Self::ConcernRaised => {
                "Somebody turns to you with something that cannot wait. Please sign in soon. It is on this page:"
            }
            Self::ConcernTakenOn => {
                "Somebody has taken on what you turned to them with. Who it is stands on this page:"
            }
            Self::ConcernUnanswered => {
                "Nobody has answered yet what you turned to them with. Please ring. Whom, stands on this page:"
            }
            Self::LetGo => {
                "What you had accepted does not begin for now, and waits no more. Whoever invited you can say why, and invite you again. What you are stands on this page:"
            }
            Self::Begun => {
                "What you had accepted has begun: what it waited for is there. What you are now stands on this page:"
            }
        }
    }
}

impl Happened {
    /// Whether it is written also to whoever would rather be rung, because it cannot wait until somebody rings them.
    const fn cannot_wait(self) -> bool {
        matches!(self, Self::ConcernRaised | Self::ConcernUnanswered)
    }
}

/// Puts a letter about it into the post, with the transaction in which it happened.
pub(crate) async fn tell(
    cx: &Cx,
    tx: &Tx,
    (to, what): (PersonId, Happened),
    path: &str,
) -> Result<(), Broken> {
    let way = store::me::reach(cx.site.db(), to).await?.map(|it| it.way);
    if !is_written_to(way) && !what.cannot_wait() {
        return Ok(());
    }
    // Whoever has left has no address any more.
    let Some(own) = store::sign_in::own_now(tx, to).await? else { return Ok(()) };
    letters::send(tx, letters::happened(&cx.site, &own.email, what.says(), path), cx.now()).await
}
