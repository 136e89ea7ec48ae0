//! The letters we send: plain, short, and telling nothing to whoever looks over a shoulder.

use chrono::{DateTime, Utc};
use domain::sign_in::EmailAddress;
use store::Tx;
use store::jobs::Errand;
use store::letter::{Letter, Subject};

use crate::answer::Broken;
use crate::site::Site;

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

fn if_it_was_not_you(site: &Site) -> String {
    let forgotten = site.address_of("/forgotten");
    format!(
        "If it was not you, choose a new password now. That signs everybody out who is signed in as \
         you:\n{forgotten}"
    )
}

fn letter(site: &Site, to: &EmailAddress, subject: &'static str, text: &str) -> Letter {
    let Ok(subject) = Subject::parse(subject) else { unreachable!("our own subjects tell nothing") };
    let to = to.clone();
    let host = &site.public().host.name;
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
