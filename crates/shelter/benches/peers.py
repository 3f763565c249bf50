#!/usr/bin/env python3
"""The same instances by other solvers, beside the engine, in one run.

    python3 -m venv peers && peers/bin/pip install ortools highspy
    cargo build --release -p shelter --examples
    peers/bin/python crates/shelter/benches/peers.py [--limit 60] normal:unit:1 normal:full:1 eu:unit:1

For each instance: objective, bound and seconds of solving, without reading and model building for the peers; for the engine both with
rules and model building and since its solver began (which still holds the reasons of who is left), and how many times longer a peer
took than each of the two. Everything here is read again from the contract and
knows nothing of the engine's code; the objectives must agree.
"""
import argparse, json, math, multiprocessing, os, subprocess, tempfile, time

ENGINE = os.path.join(os.path.dirname(__file__), "../../../target/release/examples/instance")


def model(instance):
    """Pairs (request, room, cost), fallback costs, capacities, sizes: contract section 3."""
    locations = instance["locations"]
    xs, ys = [l["x_km"] for l in locations], [l["y_km"] for l in locations]
    diagonal = math.hypot(max(xs) - min(xs), max(ys) - min(ys))
    rooms = [(l, r) for l in locations for r in l["rooms"]]
    index = {r["id"]: k for k, (_, r) in enumerate(rooms)}
    capacity = [r["free"] for _, r in rooms]
    requests = instance["requests"]
    for q in requests:
        if q["current_room"]:
            capacity[index[q["current_room"]]] += len(q["persons"])
    sets = [tuple(set(l[k]) for k in ("sex", "forms", "entitlements", "care", "languages")) for l in locations]
    of = {}
    for k, (l, r) in enumerate(rooms):
        of.setdefault(l["id"], []).append(k)
    pairs, aside = [], []
    for i, q in enumerate(requests):
        size, first, own = len(q["persons"]), q["persons"][0], q["current_room"]
        parents = any(p["age"] >= 12 for p in q["persons"])
        sexes = {p["sex"] for p in q["persons"] if not parents or p["age"] >= 12}
        care, speaks = set(q["care"]), set(q["languages"])
        each = 20000 + 6000 * (q["urgency"] - 1) + 40 * min(q["waiting_days"], 100)
        aside.append(None if own else each * size)
        if own:
            pairs.append((i, index[own], 350))
        for l, (sex, forms, titles, offers, languages) in zip(locations, sets):
            if not (sexes <= sex and q["form"] in forms and q["entitlement"] in titles and care <= offers): continue
            if first["age"] < (l["min_age"] or 0) or (l["max_age"] is not None and first["age"] > l["max_age"]): continue
            if q["wheelchair"] and not l["wheelchair"] or q["pets"] and not l["pets"]: continue
            if l["security"] < q["security"]: continue
            if any(math.hypot(c["x_km"] - l["x_km"], c["y_km"] - l["y_km"]) <= c["radius_km"] + 1e-7 for c in q["avoid"]): continue
            base = 0 if speaks & languages else 160
            base += 60 * (l["security"] - q["security"])
            near = q["near"]
            if near:
                far = math.hypot(near["x_km"] - l["x_km"], near["y_km"] - l["y_km"])
                base += math.floor(150 * near["weight"] * far / diagonal + 0.5)
            for k in of.get(l["id"], []):
                r = rooms[k][1]
                if r["id"] == own or capacity[k] < size: continue
                if r["kind"] == ("family" if size == 1 else "stay"): continue
                cost = base + (220 if r["kind"] == "crisis" else 0) + (60 if (r["max_stay_days"] or 999) < 180 else 0)
                pairs.append((i, k, min(cost, 1000)))
    apart = {}
    where = {k: l["id"] for l in locations for k in of.get(l["id"], [])}
    for n, (i, k, _) in enumerate(pairs):
        if requests[i]["apart"]:
            apart.setdefault((requests[i]["apart"], where[k]), []).append((n, rooms[k][1]["id"] == requests[i]["current_room"]))
    groups = []
    for list_ in apart.values():
        arrive = [n for n, stays in list_ if not stays]
        for stay in [n for n, stays in list_ if stays] or [None]:
            row = arrive + ([stay] if stay is not None else [])
            if len(row) > 1:
                groups.append(row)
    return pairs, aside, capacity, [len(q["persons"]) for q in requests], groups


def flow(pairs, aside, capacity, sizes, groups, limit):
    from ortools.graph.python import min_cost_flow
    n, m = len(sizes), len(capacity)
    solver = min_cost_flow.SimpleMinCostFlow()
    for i, k, cost in pairs:
        solver.add_arc_with_capacity_and_unit_cost(i, n + k, 1, cost)
    for i, cost in enumerate(aside):
        if cost is not None:
            solver.add_arc_with_capacity_and_unit_cost(i, n + m, 1, cost)
        solver.set_node_supply(i, 1)
    for k, seats in enumerate(capacity):
        solver.add_arc_with_capacity_and_unit_cost(n + k, n + m, seats, 0)
    solver.set_node_supply(n + m, -n)
    start = time.time()
    status = solver.solve()
    assert status == solver.OPTIMAL
    return solver.optimal_cost(), solver.optimal_cost(), time.time() - start


def rows(pairs, aside, capacity, sizes):
    of_request, of_room = [[] for _ in sizes], [[] for _ in capacity]
    for n, (i, k, _) in enumerate(pairs):
        of_request[i].append(n)
        of_room[k].append(n)
    return of_request, of_room


def cp_sat(pairs, aside, capacity, sizes, groups, limit):
    from ortools.sat.python import cp_model
    m = cp_model.CpModel()
    x = [m.new_bool_var("") for _ in pairs]
    of_request, of_room = rows(pairs, aside, capacity, sizes)
    cost = sum(c * x[n] for n, (_, _, c) in enumerate(pairs))
    for i, list_ in enumerate(of_request):
        if aside[i] is None:
            m.add_exactly_one(x[n] for n in list_)
        else:
            left = m.new_bool_var("")
            m.add_exactly_one([x[n] for n in list_] + [left])
            cost += aside[i] * left
    for k, list_ in enumerate(of_room):
        if list_:
            m.add(sum(sizes[pairs[n][0]] * x[n] for n in list_) <= capacity[k])
    for row in groups:
        m.add_at_most_one(x[n] for n in row)
    m.minimize(cost)
    solver = cp_model.CpSolver()
    solver.parameters.max_time_in_seconds = limit
    solver.parameters.num_workers = 2
    start = time.time()
    solver.solve(m)
    return round(solver.objective_value), math.ceil(solver.best_objective_bound - 1e-6), time.time() - start


def highs(pairs, aside, capacity, sizes, groups, limit):
    import highspy, numpy as np
    h = highspy.Highs()
    h.silent()
    h.setOptionValue("time_limit", float(limit))
    h.setOptionValue("mip_rel_gap", 0.0)
    h.setOptionValue("threads", 1)
    of_request, of_room = rows(pairs, aside, capacity, sizes)
    columns = len(pairs) + len(sizes)
    cost = np.array([c for _, _, c in pairs] + [a or 0 for a in aside], dtype=float)
    upper = np.array([1.0] * len(pairs) + [0.0 if a is None else 1.0 for a in aside])
    lp = highspy.HighsLp()
    lp.num_col_ = columns
    lp.col_cost_, lp.col_lower_, lp.col_upper_ = cost, np.zeros(columns), upper
    starts, index, value, low, high = [0], [], [], [], []
    def add(list_, values, lo, hi):
        index.extend(list_); value.extend(values); starts.append(len(index)); low.append(lo); high.append(hi)
    for i, list_ in enumerate(of_request):
        add(list_ + [len(pairs) + i], [1.0] * (len(list_) + 1), 1.0, 1.0)
    for k, list_ in enumerate(of_room):
        if list_:
            add(list_, [float(sizes[pairs[n][0]]) for n in list_], -highspy.kHighsInf, float(capacity[k]))
    for row in groups:
        add(row, [1.0] * len(row), -highspy.kHighsInf, 1.0)
    lp.num_row_ = len(low)
    lp.row_lower_, lp.row_upper_ = np.array(low), np.array(high)
    lp.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
    lp.a_matrix_.start_, lp.a_matrix_.index_ = np.array(starts), np.array(index)
    lp.a_matrix_.value_ = np.array(value)
    lp.integrality_ = [highspy.HighsVarType.kInteger] * columns
    h.passModel(lp)
    start = time.time()
    h.run()
    info = h.getInfo()
    return round(info.objective_function_value), math.ceil(info.mip_dual_bound - 1e-6), time.time() - start


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--limit", type=float, default=60)
    parser.add_argument("instance", nargs="+", help="PRESET:unit|full:SEED")
    arguments = parser.parse_args()
    for name in arguments.instance:
        preset, shape, seed = name.split(":")
        with tempfile.NamedTemporaryFile(suffix=".json") as file:
            subprocess.run([ENGINE, preset, shape, seed, file.name], check=True)
            said = subprocess.run([ENGINE, "plan", file.name, str(arguments.limit)], check=True, capture_output=True)
            ours = json.loads(said.stdout)
            question = model(json.load(open(file.name)))
        print(f"{name}: {len(question[0])} pairs")
        print(f"  {'engine':<16} {ours['objective']:>12} bound {ours['bound']:>12} {ours['seconds']:9.4f} s, solver {ours['solving']:9.4f} s")
        peers = [("HiGHS", highs), ("OR-tools CP-SAT", cp_sat)]
        if shape == "unit":
            peers.insert(0, ("OR-tools flow", flow))
        if preset == "eu":
            peers = peers[:1] if shape == "unit" else []
        for peer, solve in peers:
            # Each in a process of its own: the two packages bring symbols of different versions of HiGHS along.
            with multiprocessing.get_context("spawn").Pool(1) as pool:
                objective, bound, seconds = pool.apply(solve, (*question, arguments.limit))
            whole, solver = (seconds / max(ours[part] or 0, 1e-6) for part in ("seconds", "solving"))
            print(
                f"  {peer:<16} {objective:>12} bound {bound:>12} {seconds:9.4f} s  {whole:7.1f} times the engine, {solver:.1f} times its solver",
                flush=True,
            )


if __name__ == "__main__":
    main()
