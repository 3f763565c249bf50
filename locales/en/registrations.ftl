# Registrations for the national figures.

registrations-title = Registrations
registrations-one = Registration { $reference }
registrations-lead = A registration or a count without identity is one report. A report is not a person.
registrations-registered-count = Registrations
registrations-counted-count = Counts without identity
registrations-by-region = Choose a region
registrations-all-regions = All regions
registrations-empty = There are no registrations here yet
registrations-empty-advice = Registrations arrive by themselves from investigating services and care coordinators.
registrations-caption = Registrations, the newest first
registrations-month = Month
registrations-form = Form
registrations-reporter = Kind of reporter
registrations-by = Organisation
registrations-days = Days to registration
registrations-sector = Sector
registrations-basis = Legal ground
registrations-basis-duty = Legal duty: { $article }
registrations-basis-consent = Written consent
registrations-detected = First detection
registrations-registered = Registered
registrations-waiting = From detection to registration in { $year }
registrations-waiting-lead = The duty to register was not always met. That is why it is measured here.
registrations-waiting-caption = Days from detection to registration, by organisation
registrations-number = Number
registrations-median = Half within (days)
registrations-longest = Longest (days)
registrations-late = After the term
registrations-figures = Figures for the programme
registrations-figures-lead = Of the registrations of a year you make four tables: form and sex, age, reporter, month.
registrations-figures-rules = Only periods that are over count. Numbers under ten are left out, and so are numbers from which those could be computed.
registrations-year = Year
registrations-make = Make and send the figures
registrations-made = The figures are made
registrations-sent = Sent to the programme
registrations-withheld = Not sent
registrations-cells = { $n ->
    [one] { $n } number shown
   *[other] { $n } numbers shown
}
registrations-period-runs = No period of this year is over yet. Figures of a running period change with every person.
