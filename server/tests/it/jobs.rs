//! Work after the answer: entered with its cause, done once, tried again, given up, and come round.

use app::Clock;
use chrono::{DateTime, TimeDelta, Utc};
use domain::jobs::{Every, LEASE, Next, Slot, WAITS};
use domain::sign_in::EmailAddress;
use server::mail::Mailer;
use server::work::Worker;
use store::jobs::{self, Claim, Counts, Errand, Round, Trouble};
use store::letter::{Letter, Subject};
use tempfile::TempDir;
use tokio::sync::watch;
use uuid::Uuid;

use crate::stage::{Stage, on_both};

/// A letter that says nothing.
pub(crate) fn letter() -> Letter {
    Letter {
        to: EmailAddress::parse("sam@example.org").unwrap(),
        subject: Subject::parse("Confirm your address").unwrap(),
        text: "Hello Sam".into(),
    }
}

/// Enters a job as a form handler would.
pub(crate) async fn enter(stage: &Stage, errand: &Errand) -> Uuid {
    let tx = stage.site.db().begin().await.unwrap();
    let id = jobs::enqueue(&tx, errand, stage.clock.now()).await.unwrap();
    tx.commit().await.unwrap();
    id
}

async fn claim(stage: &Stage, worker: &str) -> Option<Claim> {
    jobs::claim(stage.site.db(), worker, stage.clock.now(), LEASE).await.unwrap()
}

async fn done(stage: &Stage, claim: &Claim) -> bool {
    let tx = stage.site.db().begin().await.unwrap();
    let done = jobs::done(&tx, claim).await.unwrap();
    tx.commit().await.unwrap();
    done
}

async fn fail(stage: &Stage, claim: &Claim) -> Option<Next> {
    let tx = stage.site.db().begin().await.unwrap();
    let next = jobs::failed(&tx, claim, Trouble::MailRefused(451), stage.clock.now()).await.unwrap();
    tx.commit().await.unwrap();
    next
}

async fn extend(stage: &Stage, claim: &Claim) -> bool {
    let tx = stage.site.db().begin().await.unwrap();
    let kept = jobs::extend(&tx, claim, stage.clock.now(), LEASE).await.unwrap();
    tx.commit().await.unwrap();
    kept
}

/// Lets a job fail until it is given up.
pub(crate) async fn exhaust(stage: &Stage) {
    for wait in WAITS {
        let claim = claim(stage, "a").await.unwrap();
        assert_eq!(fail(stage, &claim).await, Some(Next::At(stage.clock.now() + wait)));
        stage.clock.wait(wait);
    }
    let claim = claim(stage, "a").await.unwrap();
    assert_eq!(fail(stage, &claim).await, Some(Next::GivenUp));
}

async fn counts(stage: &Stage) -> (u64, u64, u64) {
    let Counts { ready, running, dead } = jobs::counts(stage.site.db()).await.unwrap();
    (ready, running, dead)
}

fn today(now: DateTime<Utc>) -> Slot {
    Slot::of(Every::Day, now, now.naive_utc())
}

/// So many kinds of work come round each day.
const ROUNDS: usize = 9;

on_both! {
    async fn a_job_is_entered_with_its_cause_or_not_at_all(stage: Stage) {
        let tx = stage.site.db().begin().await.unwrap();
        jobs::enqueue(&tx, &Errand::SendMail(letter()), stage.clock.now()).await.unwrap();
        drop(tx);
        assert_eq!(claim(&stage, "a").await, None);
        let id = enter(&stage, &Errand::SendMail(letter())).await;
        let claim = claim(&stage, "a").await.unwrap();
        assert_eq!((claim.id, claim.errand, claim.attempts), (id, Errand::SendMail(letter()), 1));
        assert_eq!(claim.made_at, stage.clock.now());
    }

    async fn two_workers_take_different_jobs_the_oldest_first(stage: Stage) {
        let first = enter(&stage, &Errand::ForgetSlots).await;
        let second = enter(&stage, &Errand::ForgetSlots).await;
        let ids = [claim(&stage, "a").await, claim(&stage, "b").await].map(|it| it.map(|it| it.id));
        assert_eq!(ids, [Some(first), Some(second)]);
        assert_eq!(claim(&stage, "c").await, None);
    }

    async fn a_job_is_in_one_pair_of_hands_however_many_nodes_reach_for_it(stage: Stage) {
        let mut entered = Vec::new();
        for _ in 0..12 {
            entered.push(enter(&stage, &Errand::ForgetSlots).await);
        }
        let (one, other) = (stage.site.db().clone(), stage.site.db().beside().await.unwrap());
        let reaching = (0..16).map(|it| {
            let (db, now) = (if it % 2 == 0 { one.clone() } else { other.clone() }, stage.clock.now());
            tokio::spawn(async move { jobs::claim(&db, &format!("worker {it}"), now, LEASE).await.unwrap() })
        });
        let claims = futures::future::join_all(reaching).await;
        let mut taken: Vec<Uuid> = claims.into_iter().filter_map(|it| it.unwrap()).map(|it| it.id).collect();
        taken.sort_unstable();
        let mut once = taken.clone();
        once.dedup();
        assert_eq!(taken, once);
        // Somebody may find the one row it saw taken, and look again a second later.
        while let Some(claim) = claim(&stage, "late").await {
            taken.push(claim.id);
        }
        taken.sort_unstable();
        assert_eq!(taken, entered);
    }

    async fn a_job_is_not_begun_before_its_time(stage: Stage) {
        let later = stage.clock.now() + TimeDelta::hours(1);
        let tx = stage.site.db().begin().await.unwrap();
        jobs::enqueue_for(&tx, &Errand::ForgetSlots, later, stage.clock.now()).await.unwrap();
        tx.commit().await.unwrap();
        stage.clock.wait(TimeDelta::hours(1) - TimeDelta::milliseconds(1));
        assert_eq!(claim(&stage, "a").await, None);
        stage.clock.wait(TimeDelta::milliseconds(1));
        assert!(claim(&stage, "a").await.is_some());
    }

    async fn the_job_of_a_worker_that_died_is_taken_over_when_its_lease_has_run_out(stage: Stage) {
        let id = enter(&stage, &Errand::ForgetSlots).await;
        let lost = claim(&stage, "a").await.unwrap();
        stage.clock.wait(LEASE);
        assert_eq!(claim(&stage, "b").await, None);
        stage.clock.wait(TimeDelta::milliseconds(1));
        let taken = claim(&stage, "b").await.unwrap();
        assert_eq!((taken.id, taken.attempts), (id, 2));
        // The first one wakes up after all: the job is no longer its own.
        assert!(!extend(&stage, &lost).await);
        assert_eq!(fail(&stage, &lost).await, None);
        assert!(!done(&stage, &lost).await);
        assert!(done(&stage, &taken).await);
        assert_eq!(counts(&stage).await, (0, 0, 0));
    }

    async fn what_was_begun_and_lost_never_ends_a_later_beginning(stage: Stage) {
        let id = enter(&stage, &Errand::ForgetSlots).await;
        let first = claim(&stage, "a").await.unwrap();
        stage.clock.wait(LEASE + TimeDelta::milliseconds(1));
        // The same worker has it again: the first time is still over.
        let second = claim(&stage, "a").await.unwrap();
        assert!(!done(&stage, &first).await);
        let mut next = fail(&stage, &second).await;
        while let Some(Next::At(at)) = next {
            stage.clock.wait(at - stage.clock.now());
            let held = claim(&stage, "a").await.unwrap();
            next = fail(&stage, &held).await;
        }
        // Started afresh, it is counted from one again, but is in other hands.
        let tx = stage.site.db().begin().await.unwrap();
        assert!(jobs::retry(&tx, id, stage.clock.now()).await.unwrap());
        tx.commit().await.unwrap();
        let afresh = claim(&stage, "b").await.unwrap();
        assert_eq!(afresh.attempts, first.attempts);
        assert!(!done(&stage, &first).await);
        assert!(done(&stage, &afresh).await);
    }

    async fn a_worker_that_says_it_is_still_at_it_keeps_its_job(stage: Stage) {
        enter(&stage, &Errand::ForgetSlots).await;
        let held = claim(&stage, "a").await.unwrap();
        for _ in 0..3 {
            stage.clock.wait(LEASE);
            assert!(extend(&stage, &held).await);
            assert_eq!(claim(&stage, "b").await, None);
        }
        assert!(done(&stage, &held).await);
    }

    async fn a_job_that_fails_waits_longer_each_time_and_is_then_given_up(stage: Stage) {
        let id = enter(&stage, &Errand::SendMail(letter())).await;
        let held = claim(&stage, "a").await.unwrap();
        fail(&stage, &held).await;
        stage.clock.wait(WAITS[0] - TimeDelta::milliseconds(1));
        assert_eq!(claim(&stage, "a").await, None);
        stage.clock.wait(TimeDelta::milliseconds(1));
        for (wait, attempts) in WAITS[1..].iter().zip(2..) {
            let held = claim(&stage, "a").await.unwrap();
            assert_eq!(held.attempts, attempts);
            fail(&stage, &held).await;
            stage.clock.wait(*wait);
        }
        let held = claim(&stage, "a").await.unwrap();
        assert_eq!(fail(&stage, &held).await, Some(Next::GivenUp));
        stage.clock.wait(TimeDelta::days(400));
        assert_eq!(claim(&stage, "a").await, None);
        let dead = jobs::dead_jobs(stage.site.db(), None, 20).await.unwrap();
        assert_eq!(dead.len(), 1);
        assert_eq!((dead[0].id, dead[0].kind.as_str(), dead[0].attempts), (id, "send_mail", 6));
        assert_eq!(dead[0].last_error, "mail refused, 451");
    }

    async fn a_job_that_takes_its_worker_down_each_time_is_given_up_too(stage: Stage) {
        enter(&stage, &Errand::ForgetSlots).await;
        for attempts in 1..=6 {
            assert_eq!(claim(&stage, "a").await.map(|it| it.attempts), Some(attempts));
            stage.clock.wait(LEASE + TimeDelta::milliseconds(1));
        }
        assert_eq!(claim(&stage, "a").await, None);
        let dead = jobs::dead_jobs(stage.site.db(), None, 20).await.unwrap();
        assert_eq!(dead[0].last_error, "lost too often");
    }

    async fn what_was_given_up_starts_afresh_or_goes_for_good(stage: Stage) {
        let id = enter(&stage, &Errand::SendMail(letter())).await;
        exhaust(&stage).await;
        let db = stage.site.db();
        let tx = db.begin().await.unwrap();
        assert!(jobs::retry(&tx, id, stage.clock.now()).await.unwrap());
        assert!(!jobs::retry(&tx, id, stage.clock.now()).await.unwrap());
        assert!(!jobs::drop_dead(&tx, id).await.unwrap());
        tx.commit().await.unwrap();
        exhaust(&stage).await;
        let tx = db.begin().await.unwrap();
        assert!(jobs::drop_dead(&tx, id).await.unwrap());
        assert!(!jobs::drop_dead(&tx, id).await.unwrap());
        tx.commit().await.unwrap();
        assert_eq!(counts(&stage).await, (0, 0, 0));
    }

    async fn what_was_given_up_is_read_page_by_page_the_latest_first(stage: Stage) {
        let mut ids = Vec::new();
        for _ in 0..3 {
            ids.insert(0, enter(&stage, &Errand::ForgetSlots).await);
            exhaust(&stage).await;
        }
        let page = async |before| {
            let page = jobs::dead_jobs(stage.site.db(), before, 2).await.unwrap();
            page.into_iter().map(|it| it.id).collect::<Vec<_>>()
        };
        assert_eq!(page(None).await, ids[..2]);
        assert_eq!(page(Some(ids[1])).await, ids[2..]);
        assert!(page(Some(ids[2])).await.is_empty());
        assert_eq!(counts(&stage).await, (0, 0, 3));
    }

    async fn what_cannot_be_read_is_given_up_and_does_not_keep_the_next_one_waiting(stage: Stage) {
        let unreadable = enter(&stage, &Errand::SendMail(letter())).await;
        stage.site.db().execute("UPDATE job SET payload = 'from another time'").await.unwrap();
        let next = enter(&stage, &Errand::ForgetSlots).await;
        assert_eq!(claim(&stage, "a").await.map(|it| it.id), Some(next));
        let dead = jobs::dead_jobs(stage.site.db(), None, 20).await.unwrap();
        assert_eq!((dead[0].id, dead[0].last_error.as_str()), (unreadable, "unreadable"));
    }

    async fn a_kind_of_a_newer_program_is_left_for_it(stage: Stage) {
        enter(&stage, &Errand::ForgetSlots).await;
        let db = stage.site.db();
        db.execute("INSERT INTO job_kind (kind) VALUES ('make_tea')").await.unwrap();
        db.execute("UPDATE job SET kind = 'make_tea'").await.unwrap();
        assert_eq!(claim(&stage, "a").await, None);
        assert_eq!(counts(&stage).await, (1, 0, 0));
    }

    async fn a_round_is_entered_once_by_two_nodes_even_after_it_was_done(stage: Stage) {
        let (one, other) = (stage.site.db().clone(), stage.site.db().beside().await.unwrap());
        let (now, slot) = (stage.clock.now(), today(stage.clock.now()));
        let round = Round { name: "tidy", slot: &slot };
        let (a, b) = tokio::join!(
            jobs::enqueue_round(&one, &round, &Errand::ForgetSlots, now),
            jobs::enqueue_round(&other, &round, &Errand::ForgetSlots, now),
        );
        assert!(a.unwrap() != b.unwrap());
        let held = claim(&stage, "a").await.unwrap();
        assert!(done(&stage, &held).await);
        assert!(!jobs::enqueue_round(&other, &round, &Errand::ForgetSlots, now).await.unwrap());
        assert_eq!(counts(&stage).await, (0, 0, 0));
        let slot = today(now + TimeDelta::days(1));
        let (other_work, tomorrow) = (Round { name: "dust", ..round }, Round { name: "tidy", slot: &slot });
        assert!(jobs::enqueue_round(&one, &other_work, &Errand::ForgetSlots, now).await.unwrap());
        assert!(jobs::enqueue_round(&one, &tomorrow, &Errand::ForgetSlots, now).await.unwrap());
    }

    async fn looking_for_work_waits_for_no_writer(stage: Stage) {
        let (now, slot) = (stage.clock.now(), today(stage.clock.now()));
        let round = Round { name: "tidy", slot: &slot };
        assert!(jobs::enqueue_round(stage.site.db(), &round, &Errand::ForgetSlots, now).await.unwrap());
        let held = claim(&stage, "a").await.unwrap();
        let elsewhere = stage.site.db().beside().await.unwrap();
        // On SQLite this is BEGIN IMMEDIATE: a second writer would wait five seconds and then fail.
        let writing = elsewhere.begin().await.unwrap();
        assert_eq!(claim(&stage, "b").await, None);
        assert!(!jobs::enqueue_round(stage.site.db(), &round, &Errand::ForgetSlots, now).await.unwrap());
        drop(writing);
        assert!(done(&stage, &held).await);
    }

    async fn what_a_job_held_is_gone_when_it_is_done(stage: Stage) {
        enter(&stage, &Errand::SendMail(letter())).await;
        let held = claim(&stage, "a").await.unwrap();
        assert_eq!(counts(&stage).await, (0, 1, 0));
        assert!(done(&stage, &held).await);
        assert_eq!(counts(&stage).await, (0, 0, 0));
    }

    async fn a_worker_does_each_round_once_a_day_and_forgets_old_ones(stage: Stage) {
        let folder = TempDir::new().unwrap();
        let from = "Alongside <alongside@localhost>".parse().unwrap();
        let mailer = Mailer::outbox(folder.path().into(), from);
        let mut workers = [(); ROUNDS].map(|()| Worker::new(stage.site.clone(), mailer.clone()));
        for day in 0..50 {
            for (at, worker) in workers.iter_mut().enumerate() {
                assert!(worker.turn().await.unwrap(), "day {day}: there are {ROUNDS} that come round, not {at}");
            }
            stage.clock.wait(TimeDelta::days(1));
        }
        let tx = stage.site.db().begin().await.unwrap();
        let beyond_memory = stage.clock.now() + TimeDelta::days(365);
        assert_eq!(jobs::forget_slots(&tx, beyond_memory).await.unwrap(), ROUNDS as u64 * 41);
    }

    async fn a_worker_that_is_told_to_stop_takes_no_further_job(stage: Stage) {
        let folder = TempDir::new().unwrap();
        let mailer = Mailer::outbox(folder.path().into(), "alongside@localhost".parse().unwrap());
        enter(&stage, &Errand::SendMail(letter())).await;
        let (stop, stopped) = watch::channel(true);
        Worker::new(stage.site.clone(), mailer.clone()).work(stopped).await;
        assert_eq!(counts(&stage).await, (1, 0, 0));
        let (_, stopped) = (stop.send_replace(false), stop.subscribe());
        let working = tokio::spawn(Worker::new(stage.site.clone(), mailer).work(stopped));
        while counts(&stage).await != (0, 0, 0) {
            tokio::task::yield_now().await;
        }
        stop.send_replace(true);
        working.await.unwrap();
    }
}
