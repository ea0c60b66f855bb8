//! What was posted over the past fourteen months.

mod all_year;
mod autumn;
mod special;
mod template;
mod winter_to_summer;

use jiff::civil::Date;

use crate::calendar::{Calendar, is_holiday, school_day, shift};
use crate::outcome::Outcome;
use crate::pictures;
use crate::plan::{Comment, Language, Person, Plan, Poll, Post, PostPicture, SCHOOL_GROUP, Scope, StaffRole};
use crate::random::Random;
use template::{ALL_YEAR, About, Template, Told, fill};

const HOUR: i64 = 3_600_000_000;
const PAST_DAYS: i64 = 420;
/// Posts beyond the first telling of every text.
const RETOLD: usize = 165;

/// Every post, oldest first, then the drafts.
pub(crate) fn posts(plan: &Plan, calendar: &Calendar) -> Vec<Post> {
    let mut board = Board {
        plan,
        calendar,
        random: Random::new(plan.seed, "posts"),
        texts: [all_year::TEXTS, autumn::TEXTS, winter_to_summer::TEXTS].into_iter().flatten().collect(),
        days: school_days(calendar),
        told: Vec::new(),
        posts: Vec::new(),
    };
    board.told = vec![Vec::new(); board.texts.len()];
    board.tell_everything_once();
    for number in 0..RETOLD {
        board.tell_again(number);
    }
    board.add_long_one();
    board.add_album();
    board.add_questions();
    let mut posts = board.posts;
    posts.sort_by_key(|post| post.at_micros);
    if let Some(post) = posts.iter_mut().rfind(|post| post.title == "Uw beeldvoorkeuren") {
        post.pinned = true;
    }
    posts.extend(drafts(plan, calendar));
    posts
}

/// Days on which there was school, latest first; today only when there was time to write something.
fn school_days(calendar: &Calendar) -> Vec<Date> {
    let first = if calendar.hour() >= 13 { 0 } else { 1 };
    (first..PAST_DAYS)
        .map(|ago| calendar.days_ago(ago))
        .filter(|&day| school_day(day, true) == day && !is_holiday(day))
        .collect()
}

struct Board<'a> {
    plan: &'a Plan,
    calendar: &'a Calendar,
    random: Random,
    texts: Vec<&'static Template>,
    days: Vec<Date>,
    /// Per text: the groups it was told to, and when.
    told: Vec<Vec<(usize, Date)>>,
    posts: Vec<Post>,
}

impl Board<'_> {
    /// Each text at the last time of year that fits it.
    fn tell_everything_once(&mut self) {
        for text in 0..self.texts.len() {
            let template = self.texts[text];
            let day = if template.season == ALL_YEAR {
                let place = self.random.below(self.days.len());
                self.days[place]
            } else {
                let fitting: Vec<Date> = (1..PAST_DAYS)
                    .map(|ago| self.calendar.days_ago(ago))
                    .filter(|&day| template.is_in_season(day) && school_day(day, true) == day)
                    .take(15)
                    .collect();
                match fitting.len() {
                    0 => continue,
                    count => fitting[self.random.below(count)],
                }
            };
            self.tell(text, day);
        }
    }

    /// Mostly in the last four weeks of school: that is what people see first.
    fn tell_again(&mut self, number: usize) {
        let reach = match number % 10 {
            0..=5 => 20,
            6..=8 => 65,
            _ => self.days.len(),
        };
        let day = self.days[self.random.below(reach.min(self.days.len()))];
        // A text in season before one of all times, then the one told least.
        let mut candidates: Vec<(usize, u64, usize)> = (0..self.texts.len())
            .filter(|&text| self.texts[text].is_in_season(day))
            .map(|text| {
                let seasonal = usize::from(self.texts[text].season != ALL_YEAR);
                let often = self.told[text].len() * if seasonal == 1 { 2 } else { 3 };
                (often, self.random.next(), text)
            })
            .collect();
        candidates.sort_unstable();
        for (_, _, text) in candidates {
            if self.tell(text, day) {
                break;
            }
        }
    }

    /// Whether one of the groups read this text not long before or after.
    fn is_stale(&self, text: usize, groups: &[usize], day: Date) -> bool {
        self.told[text]
            .iter()
            .any(|&(group, told)| groups.contains(&group) && (day.duration_since(told).as_hours() / 24).abs() < 100)
    }

    /// False when there is nobody to tell it, or nobody who did not just hear it.
    fn tell(&mut self, text: usize, day: Date) -> bool {
        let template = self.texts[text];
        let groups = match template.told {
            Told::Director | Told::School => vec![SCHOOL_GROUP],
            Told::Group => vec![self.class_for(text, 0..8)],
            Told::Young => vec![self.class_for(text, 0..3)],
            Told::Middle => vec![self.class_for(text, 3..6)],
            Told::Old => vec![self.class_for(text, 6..8)],
            Told::Specialist(_) => Vec::new(),
        };
        let Some((author, groups, day)) = self.author(template.told, groups, day) else { return false };
        if self.is_stale(text, &groups, day) {
            return false;
        }
        self.told[text].extend(groups.iter().map(|&group| (group, day)));
        let about = About {
            day,
            group: &self.plan.groups[groups[0]].name.clone(),
            author: &self.plan.staff[author].called.clone(),
            language: template.language,
        };
        let title = fill(template.title, &about, &mut self.random);
        let body = fill(template.body, &about, &mut self.random);
        let hour = if day == self.calendar.today {
            self.random.within(8, self.calendar.hour() - 1)
        } else if self.random.chance(12) {
            self.random.within(19, 21)
        } else {
            self.random.within(11, 17)
        };
        let minute = self.random.within(0, 59);
        let at_micros = self.calendar.past(day, hour, minute);
        let count = if template.scenes.is_empty() || self.random.chance(18) {
            0
        } else {
            match self.random.below(20) {
                0..=4 => 1,
                5..=9 => 2,
                10..=13 => 3,
                14..=16 => 4,
                17 | 18 => 5 + self.random.below(3),
                _ => 8 + self.random.below(5),
            }
        };
        let post = self.compose(author, groups, template.language, (title, body), at_micros, (template.scenes, count));
        self.posts.push(post);
        true
    }

    /// A class of the range that heard this text least, then one with few posts.
    fn class_for(&mut self, text: usize, range: std::ops::Range<usize>) -> usize {
        let start = range.start;
        range
            .min_by_key(|&class| {
                let heard = self.told[text].iter().filter(|&&(group, _)| group == class).count();
                let posts = self.posts.iter().filter(|post| post.groups.contains(&class)).count();
                (heard, posts / 3, self.random.next())
            })
            .unwrap_or(start)
    }

    /// Who tells it, to whom, and on which day: somebody who works that day.
    fn author(&mut self, told: Told, groups: Vec<usize>, day: Date) -> Option<(usize, Vec<usize>, Date)> {
        let staff = &self.plan.staff;
        let works = |one: usize, day: Date| {
            staff[one].works_on.get(day.weekday().to_monday_zero_offset() as usize) == Some(&true)
        };
        let right = |one: &usize| match told {
            Told::Director => staff[*one].role == StaffRole::Director,
            Told::School => staff[*one].role == StaffRole::Teacher,
            Told::Specialist(subject) => staff[*one].subject.as_deref() == Some(subject),
            _ => staff[*one].role == StaffRole::Teacher && staff[*one].groups.contains(&groups[0]),
        };
        let able: Vec<usize> = (0..staff.len()).filter(right).collect();
        let day = (0..7).map(|back| shift(day, -back)).find(|&day| able.iter().any(|&one| works(one, day)))?;
        let present: Vec<usize> = able.into_iter().filter(|&one| works(one, day)).collect();
        let author = *self.random.pick(&present);
        if !groups.is_empty() {
            return Some((author, groups, day));
        }
        let mut assigned = self.plan.staff[author].groups.clone();
        self.random.shuffle(&mut assigned);
        assigned.truncate(1 + self.random.below(3));
        assigned.sort_unstable();
        Some((author, assigned, day))
    }

    fn compose(
        &mut self,
        author: usize,
        groups: Vec<usize>,
        language: Language,
        (title, body): (String, String),
        at_micros: i64,
        (scenes, count): (&[&str], usize),
    ) -> Post {
        let pictures = self.pictures(&groups, at_micros, scenes, count);
        let in_class = groups[0] != SCHOOL_GROUP;
        let age_hours = ((self.calendar.now_micros - at_micros) / HOUR) as f32;
        let in_the_end = self.random.between(0.72, 0.97);
        let read_fraction = (in_the_end * (1.0 - (-age_hours / 22.0).exp()) * 1000.0).round() / 1000.0;
        // The texts that ask for it say so in words; there is no second list to keep in step.
        let confirm = body.contains("evestig");
        let deadline = school_day(shift(self.calendar.local(at_micros).date(), 6), false);
        let comments =
            if in_class && self.random.chance(38) { self.comments(author, &groups, at_micros) } else { Vec::new() };
        Post {
            author,
            groups,
            language,
            title,
            body,
            pictures,
            at_micros,
            draft: false,
            pinned: false,
            comments_open: in_class,
            confirm_by_micros: confirm.then(|| self.calendar.moment(deadline, 17, 0)),
            poll: None,
            read_fraction,
            comments,
        }
    }

    fn pictures(&mut self, groups: &[usize], at_micros: i64, scenes: &[&str], count: usize) -> Vec<PostPicture> {
        let mut chosen: Vec<usize> = Vec::new();
        let mut tries = 0;
        while chosen.len() < count && tries < 400 {
            tries += 1;
            // Early pictures come from the first scenes, which fit the text best.
            let reach = (1 + chosen.len()).max(2).min(scenes.len());
            let Some(scene) = pictures::scene_place(scenes[self.random.below(reach)]) else { continue };
            let picture = scene + pictures::scene_count() * self.random.below(pictures::VARIANTS);
            if !chosen.contains(&picture) {
                chosen.push(picture);
            }
        }
        chosen.into_iter().map(|picture| PostPicture { picture, tagged: self.tagged(groups, at_micros) }).collect()
    }

    fn tagged(&mut self, groups: &[usize], at_micros: i64) -> Vec<usize> {
        let key = if groups[0] == SCHOOL_GROUP { "portal_school" } else { "portal_group" };
        let Some(purpose) = self.plan.purpose(key) else { return Vec::new() };
        let wanted = [0, 0, 0, 1, 1, 2, 3][self.random.below(7)];
        let mut children: Vec<usize> = groups.iter().flat_map(|&group| self.plan.children_of(group)).collect();
        self.random.shuffle(&mut children);
        let mut tagged: Vec<usize> = children
            .into_iter()
            .take(8)
            .filter(|&child| self.plan.outcome(child, purpose, at_micros) == Outcome::Yes)
            .take(wanted)
            .collect();
        tagged.sort_unstable();
        tagged
    }

    fn comments(&mut self, author: usize, groups: &[usize], at_micros: i64) -> Vec<Comment> {
        let plan = self.plan;
        let parents: Vec<usize> = plan
            .guardianships
            .iter()
            .filter(|link| link.scope == Scope::Full && groups.contains(&plan.children[link.child].group))
            .map(|link| link.guardian)
            .filter(|&guardian| plan.guardians[guardian].joined_at_micros.is_some_and(|joined| joined < at_micros))
            .collect();
        let mut comments: Vec<Comment> = Vec::new();
        let mut at = at_micros;
        for _ in 0..1 + self.random.below(3) {
            at += self.random.within(9, 600) * 60_000_000;
            if parents.is_empty() || at >= self.calendar.now_micros {
                break;
            }
            let text = *self.random.pick(special::COMMENTS);
            if comments.iter().all(|comment| comment.text != text) {
                comments.push(Comment {
                    by: Person::Guardian(*self.random.pick(&parents)),
                    text: text.into(),
                    at_micros: at,
                });
            }
        }
        at += self.random.within(5, 300) * 60_000_000;
        if !comments.is_empty() && self.random.chance(30) && at < self.calendar.now_micros {
            let text = *self.random.pick(special::REPLIES);
            comments.push(Comment { by: Person::Staff(author), text: text.into(), at_micros: at });
        }
        comments
    }

    fn add_long_one(&mut self) {
        let text = (special::LONG_TITLE.into(), special::LONG_BODY.into());
        let at_micros = self.calendar.past(self.days[7], 15, 40);
        let post =
            self.compose(0, vec![SCHOOL_GROUP], Language::Nl, text, at_micros, (&["boekenkast", "leeskring"], 2));
        self.posts.push(post);
    }

    fn add_album(&mut self) {
        let Some(author) = self.plan.staff.iter().position(|one| one.called == "Meester Bram") else { return };
        let text = (special::ALBUM_TITLE.into(), special::ALBUM_BODY.into());
        let at_micros = self.calendar.past(self.days[1], 16, 5);
        let post = self.compose(author, vec![3], Language::Nl, text, at_micros, (special::ALBUM_SCENES, 24));
        self.posts.push(post);
    }

    /// Two posts that ask something: one to be confirmed, which stands on top, and one with a poll.
    fn add_questions(&mut self) {
        let Some(author) = self.plan.staff.iter().position(|one| one.called == "Meester Bram") else { return };
        let text = (special::ASKING_TITLE.into(), special::ASKING_BODY.into());
        let at_micros = self.calendar.past(self.days[2], 15, 20);
        let post = self.compose(author, vec![3], Language::Nl, text, at_micros, (&["school"], 0));
        self.posts.push(Post { pinned: true, ..post });
        let text = (special::POLL_TITLE.into(), special::POLL_BODY.into());
        let at_micros = self.calendar.past(self.days[3], 16, 10);
        let post = self.compose(author, vec![3], Language::Nl, text, at_micros, (&["school"], 0));
        let closes = school_day(shift(self.calendar.local(self.calendar.now_micros).date(), 8), false);
        let poll = Poll {
            question: special::POLL_QUESTION.into(),
            choices: special::POLL_CHOICES.map(Into::into).into(),
            closes_at_micros: self.calendar.moment(closes, 17, 0),
        };
        self.posts.push(Post { poll: Some(poll), ..post });
    }
}

fn drafts(plan: &Plan, calendar: &Calendar) -> Vec<Post> {
    special::DRAFTS
        .iter()
        .map(|&(author, class, title, body, scenes, hours)| Post {
            author: plan.staff.iter().position(|one| one.email == author).unwrap_or(0),
            groups: vec![class.unwrap_or(SCHOOL_GROUP)],
            language: Language::Nl,
            title: title.into(),
            body: body.into(),
            pictures: scenes
                .iter()
                .filter_map(|key| pictures::scene_place(key))
                .map(|picture| PostPicture { picture, tagged: Vec::new() })
                .collect(),
            at_micros: calendar.now_micros - hours * HOUR,
            draft: true,
            pinned: false,
            comments_open: class.is_some(),
            confirm_by_micros: None,
            poll: None,
            read_fraction: 0.0,
            comments: Vec::new(),
        })
        .collect()
}
