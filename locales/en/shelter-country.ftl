# Shelter in the country: how long it takes, what there is too little of, what is to be expected, what would help.

country-title = Shelter in the whole country
country-lead = These figures are for the work of this desk. Small numbers stand in them as they are. So do not pass them on: for others there is Figures.
country-nights = Who had no fitting place?
country-tonight = { $n ->
    [one] Last night 1 person had no fitting place.
   *[other] Last night { $n } people had no fitting place.
}
country-nights-lead = Counted at 2 o'clock at night. The number can be too low: when nothing fits first, then something, then nothing again, only the last time counts.
country-untold = { $n ->
    [one] Of 1 request it is not known since when nothing fitted. It is in none of the nights.
   *[other] Of { $n } requests it is not known since when nothing fitted. They are in none of the nights.
}
country-picture = Bar chart of { $back } nights counted and { $ahead } nights to come. The last night counted: { $last } people. All numbers stand in the tables below it.
country-counted = counted
country-expected = expected: in this box 8 times in 10
country-nights-table = The nights as a table
country-nights-past = People without a fitting place, by night
country-no-forecast = No forecast yet
country-too-few = { $counted } nights were counted. A forecast needs { $needed }.
country-nobody = There was no night yet in which somebody had no place. There is nothing to learn from.
country-forecast-lead = The forecast is a chance and no certainty. In 8 of 10 nights the number lies between the lowest and the highest value. It is about numbers, never about a person.
country-ahead-table = The forecast as a table
country-ahead = Expected number of people without a fitting place
country-segments = Forecast by kind of shelter and group
country-band = { $median } ({ $low }–{ $high })
country-by-kind = Nights without a fitting place, by the kind of shelter asked first
country-by-group = Nights without a fitting place, by group
country-by-region = Nights without a fitting place, by region where the person was found
country-col-night = Night
country-col-people = People
country-col-middle = Middle
country-col-band = From – to
country-col-segment = Kind and group
country-col-week = In 1 week
country-col-two-weeks = In 2 weeks
country-col-four-weeks = In 4 weeks
country-col-kind = Kind of shelter
country-col-group = Group
country-col-region = Region
country-col-nights = Nights × people
country-no-kind = No kind named
country-no-region = No region named
country-group-women = Women
country-group-men = Men
country-group-families = Families
country-group-minors = Younger than 18
country-group-other = Other
country-times = How long does it take?
country-times-lead = Counted from the request. Who still waits counts as "at least so long". Otherwise waiting would look shorter than it is.
country-to-offer = Until a room is held
country-to-acceptance = Until shelter and client say yes
country-to-arrival = Until the arrival
country-col-what = What
country-col-half = Half of them within
country-col-nine = 9 in 10 within
country-col-happened = Done
country-col-open = Not yet
country-not-half = Not half of them yet
country-not-nine = Not 9 in 10 yet
country-minutes = { $n ->
    [one] 1 minute
   *[other] { $n } minutes
}
country-hours = { $n } hours
country-days = { $n } days
country-refusals = What was refused?
country-expired = { $n ->
    [0] Every room held got its answer in time.
    [one] 1 room held got no answer in time.
   *[other] { $n } rooms held got no answer in time.
}
country-no-refusals = No place was refused yet.
country-col-by-shelter = By shelter
country-col-by-client = By client
country-rests = What this rests on
country-made = Made on
country-since = First request
country-nobody-yet = None yet
country-requests = Requests for people without a place
country-moving-on = Requests for a next place (counted among the refusals only)
country-placements = Placements
country-help-title = What would help?
country-help-lead = Samen makes the plan for everybody who waits now again: with ten more places of each kind, and without each rule. That shows where places lack. Nothing changes by it: no rule is set aside, and most rules protect people.
country-help-make = Work it out
country-help-again = Work it out again
country-help-busy = Samen is working it out
country-help-begun = The question is being read
country-help-progress = { $made } of { $of } plans are made
country-help-look = See whether it is done
country-help-failed = It could not be worked out
country-help-failed-lead = Nothing is lost. Try again. Does it fail again? Ask the administrator to look in the server's log.
country-help-none = There is a fitting place for everybody
country-help-none-lead = So no place more would help now, and no rule costs anybody a place.
country-help-unproven = Of one or more plans it is not proven that they are the best. The numbers could be a little different.
country-help-more = Ten more places
country-help-more-lead = Each time ten places more in a house that is like the others of its kind. A number below nought can be: the plan minds first who is most urgent, and only then how many.
country-help-room = Kind of room
country-help-gained = People more with a place
country-help-picture = As a picture
country-help-about = about: not proven
country-help-left = People still without a place
country-help-rules-title = What do the rules cost?
country-help-rules-lead = "One rule away" means: there is a room where this rule alone stands in the way. "People more with a place" tells what the whole plan would gain if the rule held for nobody.
country-help-rules-none = Nobody is one rule away from a place.
country-help-one-away = People one rule away
country-help-no-rule = Cannot be told
country-help-requests = Requests that wait
country-help-rooms = Rooms in the question
country-help-rules = Version of the rules
country-help-idle = { $n ->
    [one] For 1 kind it makes no difference.
   *[other] For { $n } kinds it makes no difference.
}

country-help-by-itself = This page looks by itself every 4 seconds whether it is ready. You can also leave and come back later: the outcome stays.
country-help-still = Do not refresh by itself
country-help-self = Look by itself whether it is ready
