use std::collections::{BTreeMap, BTreeSet};

use super::{Counts, Kept, TooFew, count, spread};
use crate::course::feedback::{Said, Ticks};
use crate::few::FEWEST;

#[test]
fn fewer_than_five_wait() {
    let yes: Ticks = [Some(Said::Yes); 3];
    assert_eq!(count(&[(yes, 4)]), Err(TooFew));
    assert_eq!(count(&[(yes, 3), ([None; 3], 2)]).unwrap().answers(), 5);
    assert_eq!(count(&[]), Err(TooFew));
}

#[test]
fn what_is_kept_back_hides_in_a_crowd() {
    let shown = |counts: Counts| *spread(counts).shown();
    assert_eq!(shown([9, 6, 5, 7]), [Some(9), Some(6), Some(5), Some(7)]);
    assert_eq!(shown([9, 3, 2, 0]), [Some(9), None, None, None]);
    assert_eq!(shown([9, 6, 1, 0]), [Some(9), None, None, None], "one would follow from the sum");
    assert_eq!(shown([9, 9, 1, 0]), [None; 4], "which of two alike would be kept back?");
    assert_eq!(shown([20, 4, 4, 4]), [None; 4], "three alike that make twelve are four each");
    assert_eq!(shown([20, 6, 0, 0]), [Some(20), None, None, None], "nobody is as telling as one");
}

#[test]
fn what_everybody_said_is_told_only_as_what_most_said() {
    for counts in [[7, 0, 0, 0], [6, 1, 0, 0], [4, 2, 1, 0]] {
        let spread = spread(counts);
        assert_eq!((*spread.shown(), spread.most()), ([None; 4], Some(Said::Yes)), "{counts:?}");
    }
    assert_eq!(spread([0, 0, 0, 9]).most(), None, "to leave it open is to say nothing");
    assert_eq!(spread([3, 3, 0, 0]).most(), None);
}

/// Every way in which `sum` people can have answered.
fn every_way(sum: u32) -> impl Iterator<Item = Counts> {
    let thirds = move |a, b| (0..=sum - a - b).map(move |c| [a, b, c, sum - a - b - c]);
    (0..=sum).flat_map(move |a| (0..=sum - a).flat_map(move |b| thirds(a, b)))
}

/// The attacker knows the rules, how many answered, and what is shown. They think of every way in which the answers can
/// have been given so that just this is shown, and of every group: whoever said one thing, or one of several.
#[test]
fn nobody_works_out_how_many_are_in_a_group_of_one_to_four() {
    for sum in FEWEST..=44 {
        let mut ways: BTreeMap<_, Vec<Counts>> = BTreeMap::new();
        for counts in every_way(sum) {
            let it = spread(counts);
            ways.entry((*it.shown(), it.most())).or_default().push(counts);
        }
        for (shown, ways) in ways {
            for group in 1..15_u32 {
                let size = |it: &Counts| {
                    it.iter().enumerate().filter(|it| group >> it.0 & 1 == 1).map(|it| it.1).sum::<u32>()
                };
                let sizes: BTreeSet<u32> = ways.iter().map(size).collect();
                let known = sizes.len() == 1 && sizes.iter().all(|it| (1..FEWEST).contains(it));
                assert!(!known, "{sum} answers, shown {shown:?}: group {group:04b} has {sizes:?}");
                let all_but_whole = sizes.iter().all(|it| *it == sum);
                assert!(!all_but_whole, "{sum} answers, shown {shown:?}: all are in group {group:04b}");
            }
        }
    }
}

/// Always the same course of chances (xorshift).
struct Chance(u32);

impl Chance {
    fn below(&mut self, limit: u32) -> u32 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 17;
        self.0 ^= self.0 << 5;
        self.0 % limit
    }
}

/// Somebody's answer that waits: who they are, and what they ticked.
type Waiting = BTreeMap<u32, Ticks>;

/// A college of two courses over a few terms: people answer, change what they said and take it back, before and after it
/// is counted. Gives the groups of people of whom a number is published, as bits, question by question.
fn a_few_terms(chance: &mut Chance) -> [Vec<u64>; 3] {
    let (mut courses, mut people) = ([Waiting::new(), Waiting::new()], 0);
    let mut published = [const { Vec::new() }; 3];
    for _ in 0..4 {
        for waiting in &mut courses {
            for _ in 0..chance.below(9) {
                let said = |it: u32| [Some(Said::Yes), Some(Said::Partly), Some(Said::No), None][it as usize];
                let ticks = [0; 3].map(|_| said(chance.below(4).min(chance.below(4))));
                waiting.insert(people, ticks);
                people += 1;
            }
            if chance.below(3) == 0 {
                waiting.pop_first();
            }
            let answers: Vec<_> = waiting.values().map(|it| (*it, 1)).collect();
            let Ok(counted) = count(&answers) else { continue };
            let those = |is_one: &dyn Fn(&Ticks) -> bool| {
                waiting.iter().filter(|it| is_one(it.1)).fold(0_u64, |bits, it| bits | 1 << it.0)
            };
            for (question, spread) in counted.spreads().iter().enumerate() {
                published[question].push(those(&|_| true));
                for (shown, said) in spread.shown().iter().zip(Said::ALL.map(Some).into_iter().chain([None]))
                {
                    let those = those(&|it| it[question] == said);
                    if let Some(shown) = shown {
                        assert_eq!(*shown, those.count_ones());
                        published[question].push(those);
                    }
                }
            }
            waiting.clear();
        }
    }
    published
}

/// What follows from these groups, each made of two that are known; how often something was.
fn attack(published: Vec<u64>) -> usize {
    let mut known: BTreeSet<u64> = published.into_iter().collect();
    let (mut new, mut tried): (Vec<u64>, _) = (known.iter().copied().collect(), 0);
    // Without a limit the sums of a good term take for ever.
    while let (Some(it), true) = (new.pop(), known.len() < 400) {
        for other in known.clone() {
            let parts =
                [(it, other), (other, it)].map(|(all, part)| (all & part == part).then_some(all & !part));
            let sum = (it & other == 0).then_some(it | other);
            for made in parts.into_iter().chain([sum]).flatten().filter(|it| *it != 0) {
                assert!(made.count_ones() >= FEWEST, "{} follows", made.count_ones());
                tried += 1;
                if known.insert(made) {
                    new.push(made);
                }
            }
        }
    }
    tried
}

/// The attacker adds published numbers of people apart, and subtracts one from another that it is part of, as long as
/// anything new comes of it: courses, terms, answers, totals. That one group is part of another they know only within one
/// question: whether whoever said yes to one also did to the next is told by neither, unless everybody or nobody did,
/// and no such number is shown.
#[test]
fn no_group_of_one_to_four_follows_from_adding_and_subtracting_what_is_published() {
    let mut chance = Chance(0x2545_f491);
    let mut tried = 0;
    for _ in 0..400 {
        for published in a_few_terms(&mut chance) {
            tried += attack(published);
        }
    }
    assert!(tried > 10_000, "{tried}");
}

#[test]
fn a_kept_count_that_no_rule_can_have_made_is_none() {
    let fine = Kept { answers: 12, shown: [[Some(7), None, None, None]; 3], most: [None; 3] };
    let counted = fine.read().unwrap();
    assert_eq!((counted.answers(), counted.spreads()[0].shown()[0]), (12, Some(7)));
    for (answers, shown) in [(4, None), (12, Some(4)), (12, Some(9)), (12, Some(13))] {
        assert!(
            Kept { answers, shown: [[shown, None, None, None]; 3], ..fine }.read().is_none(),
            "{answers} {shown:?}"
        );
    }
}
