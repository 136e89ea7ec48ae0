//! A node's worker: takes jobs one after the other, runs them, and enters the rounds of periodic work.
//!
//! Every node has one. They share nothing but the database, which sees to it that a job is in one pair of
//! hands at a time.

use std::collections::BTreeMap;
use std::panic::AssertUnwindSafe;
use std::time::Duration;

use app::Site;
use chrono_tz::Europe::London;
use domain::jobs::{Every, LEASE, Next, Slot};
use domain::people::Invitation;
use futures::FutureExt;
use store::jobs::{self, Claim, Errand, Round, Trouble};
use tokio::sync::watch;
use uuid::Uuid;

use crate::mail::{Mailer, Postmark};

/// How long a worker with nothing to do waits before it looks again: somebody may be waiting for their letter, and
/// to look is one short question of an index.
const IDLE: Duration = Duration::from_millis(200);

/// How long a worker waits for a database that does not answer.
const UNANSWERED: Duration = Duration::from_secs(5);

/// How often a worker says that it is still at a job: three times in a lease, so that one may fail.
const STILL_AT_IT: Duration = Duration::from_secs(40);

/// Work that comes round.
struct Periodic {
    name: &'static str,
    every: Every,
    errand: Errand,
}

/// All work that comes round.
const PERIODIC: [Periodic; 9] = [
    Periodic { name: "forget_slots", every: Every::Day, errand: Errand::ForgetSlots },
    Periodic { name: "forget_invitations", every: Every::Day, errand: Errand::ForgetInvitations },
    Periodic { name: "count_feedback", every: Every::Day, errand: Errand::CountFeedback },
    Periodic { name: "forget_interest", every: Every::Day, errand: Errand::ForgetInterest },
    Periodic { name: "sweep_files", every: Every::Day, errand: Errand::SweepFiles },
    Periodic { name: "forget_witnesses", every: Every::Day, errand: Errand::ForgetWitnesses },
    Periodic { name: "gather_voices", every: Every::Day, errand: Errand::GatherVoices },
    Periodic { name: "remind_of_due", every: Every::Morning, errand: Errand::RemindOfDue(None) },
    Periodic { name: "remind_of_sessions", every: Every::Morning, errand: Errand::RemindOfSessions(None) },
];

/// Runs jobs.
#[derive(Debug)]
pub struct Worker {
    site: Site,
    mailer: Mailer,
    /// Nobody else's, not even this node's after a restart: what is leased under another name is another's.
    name: String,
    /// The latest round of each periodic work that this worker knows to have been entered.
    entered: BTreeMap<&'static str, Slot>,
}

impl Worker {
    #[must_use]
    pub fn new(site: Site, mailer: Mailer) -> Self {
        Self { site, mailer, name: Uuid::now_v7().to_string(), entered: BTreeMap::new() }
    }

    /// Works until told to stop; then the job in hand is still finished.
    pub async fn work(mut self, mut stop: watch::Receiver<bool>) {
        while !*stop.borrow() {
            // Whatever goes wrong, the node does not lose its worker over it.
            let wait = match AssertUnwindSafe(self.turn()).catch_unwind().await {
                Ok(Ok(true)) => continue,
                Ok(Ok(false)) => IDLE,
                Ok(Err(error)) => {
                    tracing::error!(%error, "the worker cannot reach its jobs");
                    UNANSWERED
                }
                Err(_) => UNANSWERED,
            };
            tokio::select! {
                told = stop.changed() => if told.is_err() { return },
                () = tokio::time::sleep(wait) => {}
            }
        }
    }

    /// Enters the rounds that have begun, then runs the job that has been due for longest. `false` when there
    /// was none.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn turn(&mut self) -> store::Result<bool> {
        self.enter_rounds().await?;
        let now = self.site.clock().now();
        let Some(claim) = jobs::claim(self.site.db(), &self.name, now, LEASE).await? else {
            return Ok(false);
        };
        match self.hold_while_running(&claim).await {
            Some(Ok(())) => {}
            Some(Err(trouble)) => self.put_back(&claim, trouble).await?,
            None => tracing::warn!(job = %claim.id, "took too long: another worker has the job"),
        }
        Ok(true)
    }

    async fn enter_rounds(&mut self) -> store::Result<()> {
        let now = self.site.clock().now();
        let on_the_wall = now.with_timezone(&London).naive_local();
        for it in &PERIODIC {
            let slot = Slot::of(it.every, now, on_the_wall);
            if self.entered.get(it.name) == Some(&slot) {
                continue;
            }
            let round = Round { name: it.name, slot: &slot };
            jobs::enqueue_round(self.site.db(), &round, &it.errand, now).await?;
            self.entered.insert(it.name, slot);
        }
        Ok(())
    }

    /// Runs a job and renews its lease meanwhile. Nothing when the lease was lost: then the errand is broken
    /// off, because another worker has begun it.
    async fn hold_while_running(&self, claim: &Claim) -> Option<Result<(), Trouble>> {
        let running = AssertUnwindSafe(self.run(claim)).catch_unwind();
        tokio::pin!(running);
        loop {
            tokio::select! {
                ended = &mut running => return ended.unwrap_or(Err(Trouble::Crashed)).transpose(),
                () = tokio::time::sleep(STILL_AT_IT) => match self.renew(claim).await {
                    Ok(false) => return None,
                    Ok(true) => {}
                    Err(error) => tracing::warn!(job = %claim.id, %error, "the lease could not be renewed"),
                },
            }
        }
    }

    async fn renew(&self, claim: &Claim) -> store::Result<bool> {
        let tx = self.site.db().begin().await?;
        let kept = jobs::extend(&tx, claim, self.site.clock().now(), LEASE).await?;
        tx.commit().await?;
        Ok(kept)
    }

    /// Does what the job asks for. `Ok(None)` when, at the end, it turned out to be another worker's.
    async fn run(&self, claim: &Claim) -> Result<Option<()>, Trouble> {
        match &claim.errand {
            Errand::SendMail(letter) => {
                let postmark = Postmark { id: claim.id, written_at: claim.made_at };
                self.mailer.send(letter, postmark).await?;
                self.finish(claim, async |_| Ok(())).await
            }
            Errand::ForgetSlots => {
                let now = self.site.clock().now();
                self.finish(claim, async |tx| jobs::forget_slots(tx, now).await.map(drop)).await
            }
            Errand::CountFeedback => {
                let today = self.site.clock().now().with_timezone(&London).date_naive();
                let counted = store::feedback::count_waiting(self.site.db(), today).await;
                self.finish(claim, async |_| counted.map(drop)).await
            }
            Errand::ForgetInterest => {
                let now = self.site.clock().now();
                self.finish(claim, async |tx| store::training::interest::forget(tx, now).await.map(drop))
                    .await
            }
            Errand::TellOfRound(round) => {
                let told = app::tell_of_round(&self.site, *round).await;
                self.finish(claim, async |_| told).await
            }
            Errand::RemindOfDue(after) => {
                let reminding = app::remind_of_due(&self.site, *after, app::REMINDED_AT_ONCE).await;
                let now = self.site.clock().now();
                self.finish(claim, async |tx| reminding?.keep(tx, now).await).await
            }
            Errand::RemindOfSessions(after) => {
                let told = app::remind_of_sessions(&self.site, *after, app::SESSIONS_AT_ONCE).await;
                let now = self.site.clock().now();
                self.finish(claim, async |tx| told?.keep(tx, now).await).await
            }
            Errand::PassOnConcern(concern) => {
                let site = &self.site;
                self.finish(claim, async |tx| app::pass_on_concern(site, tx, *concern).await).await
            }
            Errand::SweepFiles => {
                if let Err(error) = app::sweep_files(&self.site).await {
                    tracing::warn!(job = %claim.id, ?error, "files could not be swept");
                    return Err(Trouble::Files);
                }
                self.finish(claim, async |_| Ok(())).await
            }
            Errand::ForgetWitnesses => {
                let now = self.site.clock().now();
                self.finish(claim, async |tx| store::training::witnesses::forget(tx, now).await.map(drop))
                    .await
            }
            Errand::GatherVoices => {
                let gathered = app::gather_voices(&self.site).await;
                self.finish(claim, async |_| gathered.map(drop)).await
            }
            Errand::ForgetInvitations => {
                let before = self.site.clock().now() - Invitation::KEPT;
                self.finish(claim, async |tx| store::invitations::forget(tx, before).await.map(drop)).await
            }
        }
    }

    /// Lets the errand write its last words and takes the job away, both or neither.
    async fn finish(
        &self,
        claim: &Claim,
        last: impl AsyncFnOnce(&store::Tx) -> store::Result<()>,
    ) -> Result<Option<()>, Trouble> {
        let finished = async {
            let tx = self.site.db().begin().await?;
            last(&tx).await?;
            if !jobs::done(&tx, claim).await? {
                return Ok(None);
            }
            tx.commit().await?;
            Ok(Some(()))
        };
        finished.await.map_err(|error: store::Failure| {
            tracing::warn!(job = %claim.id, %error, "a job could not be finished");
            Trouble::Database
        })
    }

    async fn put_back(&self, claim: &Claim, trouble: Trouble) -> store::Result<()> {
        let tx = self.site.db().begin().await?;
        let next = jobs::failed(&tx, claim, trouble, self.site.clock().now()).await?;
        tx.commit().await?;
        let (job, kind, attempts) = (claim.id, claim.errand.kind(), claim.attempts);
        match next {
            Some(Next::At(again)) => {
                tracing::warn!(%job, kind, attempts, %trouble, %again, "a job failed and is tried again");
            }
            Some(Next::GivenUp) => tracing::error!(%job, kind, attempts, %trouble, "a job was given up"),
            None => tracing::warn!(%job, kind, attempts, %trouble, "failed, and another worker has the job"),
        }
        Ok(())
    }
}
