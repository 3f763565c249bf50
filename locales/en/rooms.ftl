# A room by day.

rooms-days = Days
rooms-earlier = Earlier days
rooms-later = Later days
rooms-day-short = { $weekday } { $day }/{ $month }
rooms-weekday = { $n ->
    [1] Mon
    [2] Tue
    [3] Wed
    [4] Thu
    [5] Fri
    [6] Sat
   *[7] Sun
}
rooms-weekday-long = { $n ->
    [1] Monday
    [2] Tuesday
    [3] Wednesday
    [4] Thursday
    [5] Friday
    [6] Saturday
   *[7] Sunday
}
rooms-n-places = { $n ->
    [one] 1 place
   *[other] { $n } places
}
rooms-cell-free = { $n } free
rooms-cell-taken = { $n } taken
rooms-cell-held = { $n } held
rooms-cell-leaving = { $n } leaving
rooms-cell-overdue = { $n } overdue
rooms-cell-out = { $n } closed
rooms-cell-short = { $n } too many
rooms-closed = Out of service
rooms-others = Used by others
rooms-others-hint = People who were not placed through Samen. Only the number of places.
rooms-leaving = Leaving on this day
rooms-overdue = Should have left before
rooms-said = Told by
rooms-said-never = Not told yet
rooms-said-somebody = your organisation
rooms-said-file = from a file
rooms-said-program = by your own system
rooms-said-feed = from a capacity feed
rooms-stale = Out of date
rooms-still = Is this still so?
rooms-still-yes = Yes, this is still so
rooms-still-hint = You confirm all rooms of this location. Is something wrong? Then choose the room and the day.
rooms-stays = Who stays here
rooms-leaves = Expected to leave on
rooms-leaves-unknown = not known yet
rooms-leaves-title = When does this client leave?
rooms-leaves-lead = The place is free only when the departure is recorded. Leave the day empty if you do not know yet.
rooms-out-places = How many places
rooms-out-places-hint = Leave empty to admit nobody: what is free or becomes free is not used.
rooms-out-until-hint = Leave empty if you do not know yet.
rooms-out-from = from { $day }
rooms-out-all = Nobody is admitted
rooms-out-n = { $n ->
    [one] 1 place out of service
   *[other] { $n } places out of service
}
rooms-out-nothing = Back in service
rooms-short-title = This does not fit
rooms-short = { $n } place too many is promised: it would be out of service while somebody is there. Move the days or choose fewer places.
rooms-history = What was told about this room
rooms-history-lead = The newest is on top. For a day counts what was told last about that day.
rooms-history-days = Days
rooms-history-what = What
rooms-history-said = Told on
rooms-foreign = Number in your own system
rooms-foreign-hint = By this Samen knows the room in a capacity feed (HSDS service_id). No address.
rooms-error-in-the-way = At most { $most } places can be out of service. { $taken } are taken and { $held } are held.
rooms-error-others = Others can use at most { $most } places. { $taken } are taken and { $held } are held.
rooms-error-past = Choose a day that is not past.
rooms-error-no-places = Fill in at least 1 place, or leave the field empty.
rooms-error-more = This room does not have so many places.
rooms-error-nothing-out = Nothing is out of service on this day.
rooms-done-confirmed = Confirmed: this is still so.
rooms-done-others = How many places others use is saved.
rooms-done-stay = The expected day of departure is saved.

# Rooms as a file.

rooms-file-title = Update rooms with a file
rooms-file-lead = Get the file, change it and send it back. You first see what changes. What you leave empty stays as it is.
rooms-file-xlsx = Your rooms as a spreadsheet (XLSX)
rooms-file-csv = Your rooms as CSV
rooms-file-choose = Choose the file
rooms-file-hint = CSV or XLSX, at most 1 MB and 250 rooms.
rooms-file-look = Look at what changes
rooms-file-preview = This would change
rooms-file-done = The file has been taken in
rooms-file-no-change = No room changes.
rooms-file-changes = Changes
rooms-file-line = Line
rooms-file-column = Column
rooms-file-value = Read
rooms-file-why = Why not
rooms-file-take = Take it in
rooms-file-refused = Not taken
rooms-file-refused-lead = These lines are not right. The others are.
rooms-file-give-back = Download the lines that are not right
rooms-file-other = Another file
rooms-file-many = The file is empty or has too many lines.
rooms-file-unreadable = This file cannot be read. Use CSV or XLSX with the columns of the file that you can get here.
rooms-file-why-room = Name the room: its number, or its location and name.
rooms-file-why-places = A number from 1 to 200.
rooms-file-why-number = A number from 0 to 200.
rooms-file-why-day = A day that is not past; the last day is not before the first.
rooms-file-why-reason = A reason of the list, explained where needed.
rooms-file-why-row = This line cannot be read.
rooms-file-why-unknown = You have no room with this number or name.
rooms-file-why-ambiguous = Several rooms are called this. Use the number.
rooms-file-why-double = This room stands in the file before.
rooms-file-why-changed = Somebody told something else meanwhile. Look at it again.
rooms-file-why-in-the-way = So many places is not possible: people are there, or places are held.
rooms-file-why-too-free = More than is left beside what is taken, held or out of service.
rooms-file-same = { $n ->
    [one] 1 room stays as it is and is confirmed.
   *[other] { $n } rooms stay as they are and are confirmed.
}

# The interface for programs.

rooms-api-changed-title = Changed meanwhile
rooms-api-changed-reason = Something else was told about this room meanwhile.
rooms-api-changed-advice = Get the room again and use the new ETag in If-Match.
rooms-api-needed-title = If-Match is missing
rooms-api-needed-reason = Without If-Match nobody can see which figures you rely on.
rooms-api-needed-advice = Get the room and send its ETag along in If-Match.

rooms-today = Today
rooms-run = { $from } to { $until }
rooms-same-until = Stays so until { $day }
rooms-different-from = Different from { $day }
