# Texts that every page uses.

site-title = Information
work-title = Samen
made-up-label = Practice environment
made-up-banner = This is a practice environment. All people and data are made up.

leave-page = Leave this page
skip-to-content = To the content
language-switch = Language
footer-navigation = About this site

date-long = { $day } { $month } { $year }
date-moment = { $date }, { $time }
date-month = { $month ->
    [1] January
    [2] February
    [3] March
    [4] April
    [5] May
    [6] June
    [7] July
    [8] August
    [9] September
    [10] October
    [11] November
   *[12] December
}
date-today = today
date-tomorrow = tomorrow
date-yesterday = yesterday
date-in-days = in { $n ->
    [one] { $n } day
   *[other] { $n } days
}
date-days-ago = { $n ->
    [one] { $n } day
   *[other] { $n } days
} ago

safety-link = Safe on the internet
mailbox-link = My messages
privacy-link = Privacy
accessibility-link = Accessibility
