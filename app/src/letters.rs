//! The letters we send: plain, short, and telling nothing to whoever looks over a shoulder.

use chrono::{DateTime, NaiveDate, Utc};
use domain::sign_in::EmailAddress;
use domain::training::Round;
use domain::training::requirement::Reminder;
use store::Tx;
use store::jobs::Errand;
use store::letter::{Letter, Subject};

use crate::answer::Broken;
use crate::site::Site;
use crate::ui::words::date;

/// To somebody who has registered: shows that they read mail at their address.
pub(crate) fn to_confirm(site: &Site, to: &EmailAddress, token: &str) -> Letter {
    let link = site.address_of(&format!("/confirm/{token}"));
    letter(
        site,
        to,
        "Please confirm your e-mail address",
        &format!(
            "Somebody, we hope you, has registered with this address.\n\n\
             To confirm that it is yours, open this page and press the button on it:\n{link}\n\n\
             The link works once, for three days. If it was not you, you need do nothing: \
             without the link nobody can use the account."
        ),
    )
}

/// To somebody who registers with an address that is registered already.
pub(crate) fn known_already(site: &Site, to: &EmailAddress) -> Letter {
    let (sign_in, forgotten) = (site.address_of("/sign-in"), site.address_of("/forgotten"));
    letter(
        site,
        to,
        "You have an account already",
        &format!(
            "Somebody, perhaps you, has tried to register with this address. You have an account already, \
             so nothing was changed.\n\nSign in here:\n{sign_in}\n\n\
             If you have forgotten your password, choose a new one here:\n{forgotten}"
        ),
    )
}

/// To somebody who wants to choose a new password.
pub(crate) fn to_reset(site: &Site, to: &EmailAddress, token: &str) -> Letter {
    let link = site.address_of(&format!("/reset/{token}"));
    letter(
        site,
        to,
        "Choose a new password",
        &format!(
            "Somebody, we hope you, has asked for a new password.\n\nChoose one here:\n{link}\n\n\
             The link works once, for one hour. If it was not you, you need do nothing: \
             your password stays as it is."
        ),
    )
}

/// To somebody who has set up an app that shows codes.
pub(crate) fn second_factor_set_up(site: &Site, to: &EmailAddress) -> Letter {
    letter(
        site,
        to,
        "A second step was added to your sign-in",
        &format!(
            "From now on, signing in to your account also asks for a code from the app that was set up just \
             now. The ten recovery codes that were shown are for the day when it is not at hand.\n\n\
             {}",
            if_it_was_not_you(site)
        ),
    )
}

/// To somebody who has switched it off.
pub(crate) fn second_factor_off(site: &Site, to: &EmailAddress) -> Letter {
    letter(
        site,
        to,
        "The second step of your sign-in was switched off",
        &format!("Your password alone signs you in now.\n\n{}", if_it_was_not_you(site)),
    )
}

/// To somebody whose phone and codes were lost, and whom whoever holds the machine lets in again.
pub(crate) fn second_factor_lost(host: &str, to: &EmailAddress, public_url: &str) -> Letter {
    letter_of(
        host,
        to,
        "The second step of your sign-in was switched off",
        &format!(
            "Somebody asked for this because the phone and the recovery codes were lost. You have been signed out \
             everywhere. When you sign in, you may be asked to set up a new app.\n\n\
             If it was not you, choose a new password now, and tell whoever runs this site:\n{public_url}/forgotten"
        ),
    )
}

/// To somebody who has used a recovery code, or whose code somebody else has used.
pub(crate) fn recovery_code_spent(site: &Site, to: &EmailAddress, left: usize) -> Letter {
    let left = match left {
        0 => "It was your last one. Make new ones now:".to_owned(),
        1 => "You have 1 left. It is time to make new ones:".to_owned(),
        many => format!("You have {many} left. You can make new ones here:"),
    };
    letter(
        site,
        to,
        "One of your spare codes was used",
        &format!(
            "Somebody, we hope you, has used one of your recovery codes in place of a code from the app. It \
             does not work again.\n\n{left}\n{}\n\n{}",
            site.address_of("/me/second-factor"),
            if_it_was_not_you(site)
        ),
    )
}

/// To the address that somebody wants to sign in with from now on.
pub(crate) fn to_change_address(site: &Site, to: &EmailAddress, token: &str) -> Letter {
    let link = site.address_of(&format!("/address/{token}"));
    letter(
        site,
        to,
        "Please confirm your new e-mail address",
        &format!(
            "Somebody, we hope you, wants to sign in with this address from now on.\n\n\
             To confirm that it is yours, open this page and press the button on it:\n{link}\n\n\
             The link works once, for one day. If it was not you, you need do nothing."
        ),
    )
}

/// To an address that somebody wants to change to and that is in use already.
pub(crate) fn address_taken(site: &Site, to: &EmailAddress) -> Letter {
    let sign_in = site.address_of("/sign-in");
    letter(
        site,
        to,
        "You have an account already",
        &format!(
            "Somebody, perhaps you, wants to change the address of another account to this one. There is an \
             account with this address already, so nothing was changed.\n\nSign in here:\n{sign_in}"
        ),
    )
}

/// To the old address of somebody who changes theirs.
pub(crate) fn address_changing(site: &Site, to: &EmailAddress) -> Letter {
    let forgotten = site.address_of("/forgotten");
    letter(
        site,
        to,
        "Your e-mail address is about to change",
        &format!(
            "Somebody, we hope you, has asked us to change the address that you sign in with. If it was you, \
             you need do nothing.\n\nIf it was not you, choose a new password at once, which also signs out \
             everybody else:\n{forgotten}"
        ),
    )
}

/// To somebody whom an organisation invites. What they are invited to be stands on the page, not here.
pub(crate) fn invited(host: &str, to: &EmailAddress, organisation: &str, link: &str) -> Letter {
    letter_of(
        host,
        to,
        "An invitation for you",
        &format!(
            "{organisation} invites you to join in.\n\n\
             To see what the invitation is about, and to accept it if you like, open this page:\n{link}\n\n\
             The link works once, for 14 days. If you would rather not, you need do nothing."
        ),
    )
}

/// To somebody who asks to be told when training begins. `leave` is where they leave a list that they are on already.
pub(crate) fn to_join(
    site: &Site,
    to: &EmailAddress,
    (organisation, token): (&str, &str),
    leave: Option<&str>,
) -> Letter {
    let link = site.address_of(&format!("/training/join/{token}"));
    let leave = leave.map(|it| {
        let link = site.address_of(it);
        format!("\n\nYou are on this list already. To stay, confirm once more. To leave it, open this page:\n{link}")
    });
    letter(
        site,
        to,
        "Please confirm your e-mail address",
        &format!(
            "Somebody, we hope you, has asked {organisation} to write to this address when its training begins.\n\n\
             If you would like that, open this page and press the button on it:\n{link}\n\n\
             The link works once, for three days. If it was not you, you need do nothing: without the link we do \
             not write again.{}",
            leave.unwrap_or_default()
        ),
    )
}

/// To somebody who is asked to say what they have seen somebody do.
pub(crate) fn witness_asked(site: &Site, to: &EmailAddress, (known_as, token): (&str, &str)) -> Letter {
    let link = site.address_of(&format!("/training/w/{token}"));
    letter(
        site,
        to,
        "Somebody asks for a few words from you",
        &format!(
            "{known_as} is in training, and asks you to say in a few sentences what you have seen them do.\n\n\
             To read what about, and to answer if you like, open this page:\n{link}\n\n\
             You need no account. The link works once, for four weeks. If you would rather not, say so there, or do \
             nothing: we do not write again, and your address is forgotten."
        ),
    )
}

/// To somebody on the list, when a round opens.
pub(crate) fn round_opened(
    site: &Site,
    to: &EmailAddress,
    (organisation, round): (&str, &Round),
    leave: &str,
) -> Letter {
    let about = &round.about.value;
    let link = site.address_of(&format!("/training/rounds/{}", round.id));
    let leave = site.address_of(leave);
    letter(
        site,
        to,
        "You asked to be told when this begins",
        &format!(
            "{organisation} takes applications from {} to {}: {}.\n\n\
             Read what it is, and apply if you like, on this page:\n{link}\n\n\
             You get this letter because you asked for it. To leave the list, open this page:\n{leave}",
            date(about.opens),
            date(about.closes),
            about.name
        ),
    )
}

/// Something that is required of somebody and becomes due, or was due.
pub(crate) struct Due<'a> {
    /// Who requires it.
    pub(crate) by: &'a str,
    pub(crate) what: String,
    pub(crate) reminder: Reminder,
    /// By when, or since when.
    pub(crate) day: NaiveDate,
    pub(crate) would_count: String,
}

/// To somebody of whom something is required: all that becomes due, or was due, in one letter.
pub(crate) fn becomes_due(site: &Site, to: &EmailAddress, all: &[Due<'_>]) -> Letter {
    let one = |it: &Due<'_>| {
        let day = date(it.day);
        let by_when = match it.reminder {
            Reminder::Soon => format!("Please do it by {day}."),
            Reminder::Overdue => format!("It counted until {day}. Please do it again when you can."),
            Reminder::Missing => format!("It was asked for by {day}. Please do it when you can."),
        };
        format!("- {}, for {}. {by_when}\n  {}", it.what, it.by, it.would_count)
    };
    let all = all.iter().map(one).collect::<Vec<_>>().join("\n\n");
    let (page, about) = (site.address_of("/training/required"), site.address_of("/me/about"));
    letter(
        site,
        to,
        "A reminder of what comes up",
        &format!(
            "Some training that is asked of you comes up:\n\n{all}\n\n\
             To find a day for it, ask whoever coordinates training there. If you have done it already, show them \
             what says so. If you are away, or it does not suit you now, tell them: nobody minds.\n\n\
             How you stand with everything is on this page:\n{page}\n\n\
             If you would rather be rung than written to, say so here:\n{about}"
        ),
    )
}

/// To somebody who has applied: what the news is stands on their own page.
pub(crate) fn news(site: &Site, to: &EmailAddress, path: &str) -> Letter {
    let link = site.address_of(path);
    letter(
        site,
        to,
        "There is news for you",
        &format!("There is news about what you applied for. Sign in and read it on this page:\n{link}"),
    )
}

/// To somebody to whom something happened: what it is stands in a sentence, and the rest on its page.
pub(crate) fn happened(site: &Site, to: &EmailAddress, says: &str, path: &str) -> Letter {
    let (link, about) = (site.address_of(path), site.address_of("/me/about"));
    letter(
        site,
        to,
        "There is news for you",
        &format!("{says}\n{link}\n\nIf you would rather be rung than written to, say so here:\n{about}"),
    )
}

fn if_it_was_not_you(site: &Site) -> String {
    let forgotten = site.address_of("/forgotten");
    format!(
        "If it was not you, choose a new password now. That signs everybody out who is signed in as \
         you:\n{forgotten}"
    )
}

fn letter(site: &Site, to: &EmailAddress, subject: &'static str, text: &str) -> Letter {
    letter_of(&site.public().host.name, to, subject, text)
}

fn letter_of(host: &str, to: &EmailAddress, subject: &'static str, text: &str) -> Letter {
    let Ok(subject) = Subject::parse(subject) else { unreachable!("our own subjects tell nothing") };
    let to = to.clone();
    let text = format!(
        "{text}\n\n{host}\n\nThis address is not watched for emergencies. If a life is at risk, ring 999.\n"
    );
    Letter { to, subject, text }
}

/// Puts a letter into the post: it is sent once the transaction has been kept, and not otherwise.
pub(crate) async fn send(tx: &Tx, letter: Letter, now: DateTime<Utc>) -> Result<(), Broken> {
    store::jobs::enqueue(tx, &Errand::SendMail(letter), now).await?;
    Ok(())
}
