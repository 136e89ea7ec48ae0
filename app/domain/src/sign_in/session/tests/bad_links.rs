//! A browser with several tabs on a bad link, and a thief: every order in which things can happen, up to a
//! depth.
//!
//! The browser has one jar of cookies. A tab whose access token has run out sends the token that is in the
//! jar; the request may get lost, the answer may get lost, and answers arrive in any order.

use super::*;

/// How far one tab has got.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Tab {
    Quiet,
    /// The request is on its way with this token.
    Asked(RefreshToken),
    /// The answer is on its way with this token.
    Answered(RefreshToken),
}

#[derive(Clone, Copy)]
enum Access {
    Fresh,
    RunOut,
}

#[derive(Clone)]
struct World {
    session: Session,
    jar: RefreshToken,
    access: Access,
    tabs: Vec<Tab>,
    /// How many tokens were handed out: names them.
    made: u8,
    now: i64,
}

impl World {
    fn new(tabs: usize) -> Self {
        let session = session(SessionKind::OwnDevice);
        Self {
            session,
            jar: token(0, 0),
            access: Access::RunOut,
            tabs: vec![Tab::Quiet; tabs],
            made: 0,
            now: 1,
        }
    }

    /// The server looks at a token: hands out a child, or ends the session.
    fn serve(&mut self, presented: &RefreshToken) -> Result<RefreshToken, SessionOver> {
        let renewal = present(&self.session, presented, &Lifetimes::default(), at(self.now));
        let renewal = renewal.inspect_err(|_| self.session.ended_at = Some(at(self.now)))?;
        self.session.proved = Some(renewal.proved());
        self.session.last_used_at = renewal.renewed_at();
        self.made += 1;
        Ok(token(self.made, renewal.child_generation()))
    }

    fn all_quiet(&self) -> bool {
        self.tabs.iter().all(|it| *it == Tab::Quiet)
    }

    /// Everything that can happen next. Panics if the server takes the honest browser for a thief.
    fn nexts(&self) -> Vec<Self> {
        let mut nexts = Vec::new();
        for tab in 0..self.tabs.len() {
            let mut next = |change: &dyn Fn(&mut Self)| {
                let mut world = self.clone();
                change(&mut world);
                nexts.push(world);
            };
            match (self.tabs[tab], self.access) {
                (Tab::Quiet, Access::Fresh) => (),
                (Tab::Quiet, Access::RunOut) => next(&|it| it.tabs[tab] = Tab::Asked(it.jar)),
                (Tab::Asked(presented), _) => {
                    next(&|it| it.tabs[tab] = Tab::Quiet);
                    next(&|it| {
                        let child = it.serve(&presented).expect("an honest browser stays signed in");
                        it.tabs[tab] = Tab::Answered(child);
                    });
                }
                (Tab::Answered(child), _) => {
                    next(&|it| it.tabs[tab] = Tab::Quiet);
                    next(&|it| {
                        it.tabs[tab] = Tab::Quiet;
                        it.jar = child;
                        it.access = Access::Fresh;
                    });
                }
            }
        }
        // A request and its answer take less time than an access token lives.
        if matches!(self.access, Access::Fresh) && self.all_quiet() {
            let mut world = self.clone();
            world.access = Access::RunOut;
            world.now += 600;
            nexts.push(world);
        }
        nexts
    }

    /// Looks at this world and at all that can follow within so many steps; says how many there were.
    fn each(&self, steps: usize, look: &impl Fn(&Self)) -> usize {
        look(self);
        match steps {
            0 => 1,
            _ => 1 + self.nexts().iter().map(|it| it.each(steps - 1, look)).sum::<usize>(),
        }
    }
}

#[test]
fn several_tabs_and_lost_answers_sign_nobody_out() {
    for (tabs, steps) in [(1, 18), (2, 11), (3, 8), (4, 7)] {
        let worlds = World::new(tabs).each(steps, &|it| assert_eq!(it.session.ended_at, None));
        assert!(worlds > 1000, "{tabs} tabs went through {worlds} worlds only");
    }
}

#[test]
fn a_thousand_renewals_with_lost_answers_sign_nobody_out() {
    let mut world = World::new(3);
    // Numerical Recipes' constants: any order will do, as long as it is the same each time.
    let mut chance: u32 = 1;
    for _ in 0..20_000 {
        chance = chance.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        let mut nexts = world.nexts();
        let index = usize::try_from(chance >> 16).unwrap() % nexts.len();
        world = nexts.swap_remove(index);
        // Names are for one byte; only those in the jar and on their way are still told apart.
        world.made %= 200;
        // The session would be too old by and by, which is not what this is about.
        world.now %= 86_400 * 29;
        world.session.last_used_at = at(0);
    }
    assert!(world.session.proved.unwrap().generation > 1000);
    assert_eq!(world.session.ended_at, None);
}

#[test]
fn a_stolen_parent_presented_after_its_child_always_ends_the_session() {
    let stolen = token(0, 0);
    let look = |world: &World| {
        let child_was_used = world.session.proved.is_some_and(|it| it.generation > stolen.generation);
        let mut world = world.clone();
        let answer = world.serve(&stolen).map(|_| ());
        if child_was_used {
            assert_eq!(answer, Err(SessionOver::Theft));
            assert!(world.session.ended_at.is_some());
        } else {
            assert_eq!(answer, Ok(()));
        }
    };
    World::new(2).each(11, &look);
}

#[test]
fn a_thief_and_the_person_do_not_both_go_on() {
    for thief_first in [[true, false], [false, true]] {
        let mut world = World::new(1);
        let stolen = world.jar;
        // Both turn the same token into a child of their own, and then one of them uses it.
        let (hers, theirs) = (world.serve(&stolen).unwrap(), world.serve(&stolen).unwrap());
        let [first, second] = thief_first.map(|it| if it { theirs } else { hers });
        assert!(world.serve(&first).is_ok());
        assert_eq!(world.serve(&second), Err(SessionOver::Theft));
        assert_eq!(world.serve(&first), Err(SessionOver::Ended));
    }
}
