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
registrations-again = Count this period again
registrations-again-hint = Only if there were figures and much has changed. A number changes only if the difference is ten or more.
registrations-before = These figures are there already
registrations-before-why = They were made on { $day } and stand as they are. If much has changed, count again.
registrations-nothing = Nothing was sent
registrations-releases = Figures made earlier
registrations-releases-lead = What was sent earlier counts when new figures are made. So nobody can compute a small number by comparing two of them.
registrations-releases-none = No figures were made yet.
registrations-release-period = Period
registrations-release-day = Made on
registrations-release-outcome = Outcome
registrations-tables = { $n ->
    [one] { $n } table sent
   *[other] { $n } tables sent
}
registrations-table-form-sex = Form and sex
registrations-table-age = Age
registrations-table-reporter = Kind of reporter
registrations-table-month = Month
registrations-why-few = There are fewer than ten reports. Wait for the next period: over a longer time it can be done.
registrations-why-change = Beside the figures over { $period } one could see that fewer than ten reports came or went. Those figures stand. Try again after the next period, or when more has changed.
registrations-why-rows = With an indicator over { $period } it was told how many registrations stand behind it. Beside that, a small number could be worked out from this total. Try after the next period.
registrations-why-overlaps = This period overlaps in part with the figures over { $period }. Make figures of periods that follow each other, or of which one holds the other.
registrations-why-recoverable = A small number could be computed, however many cells stay empty. The total stands in the other tables. A table with fewer or coarser groups can be made.
