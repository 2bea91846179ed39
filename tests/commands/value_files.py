"""One good list of each kind about value, in an order in which each finds what it names."""

LISTS = {
    "initiatives": "name,owner,value_stream,approved_on,due_on,approved_cost,currency,problem,measure\n"
    "Learn sooner,Olga,Learning,2025-12-01,2026-12-31,250000.00,USD,People give up,survey\n",
    "epics": "name,team,kind,started,delivered,planned_share,initiative,origin,owner,agreed_on,due_on,"
    "is_product_oriented,run_share,launch_cost,currency,is_obligation\n"
    "Find lessons,Checkout,feature,2026-01-05,2026-02-27,40%,Learn sooner,dependency,Olga,2025-12-20,"
    "2026-03-31,yes,15%,1200.50,USD,no\n"
    "Later lessons,Checkout,feature,2099-01-05,,40%,,,,,,,,,,yes\n",
    "epic_teams": "epic,team,planned_share,effort\nFind lessons,Checkout,40%,75%\n"
    "find-lessons,Onboarding,10%,25%\n",
    "epic_slices": "epic,name,delivered,share\nFind lessons,Words,2026-02-10,80%\n"
    "Find lessons,Pictures,,20%\n",
    "waits": "epic,team,waits_for,since,ended_on,note\n"
    "Find lessons,Onboarding,,2026-01-12,2026-02-02,their new page\n"
    "Later lessons,,the price list of the supplier,2026-02-02,,\n",
    "obligations": "epic,kind,deadline,penalty,currency,note\n"
    "later lessons,Law,2099-06-30,40000.00,EUR,the act on lessons\n",
    "obligations_met": "epic,met_on,paid,currency\nlater-lessons,,1250.50,EUR\n",
    "product_lives": "value_stream,owner,started,retired,reason\n"
    "enrolment,Olga,2026-01,2026-12,the new shop does all of it\n",
    "epic_effort": "team,month,epic,days\nCheckout,2026-01,Find lessons,12.5\nCheckout,2026-01,,7.25\n",
    "success_measures": "name,initiative,unit,target,actual,read_on\n"
    "Satisfaction,Learn sooner,points,at least 8 of 10,7.9,2026-03-31\n",
    "finance_lines": "name,kind,currency,source\nSubscription margin,margin,USD,monthly report\n"
    "Support cost,cost_outside,USD,\n",
    "line_cells": "line,name,segments\nsubscription-margin,Schools,schools\n"
    "subscription-margin,Companies,small companies|large companies\nsupport-cost,All,\n",
    "line_months": "line,cell,month,baseline,actual\n"
    "subscription-margin,schools,2026-03,100000.00,104500.50\n",
    "value_drivers": "name,formula,currency,basis,owner,source,dated\n"
    "Paying learner,margin_per_unit,USD,agreed,Fiona,price list 2026,2026-01-01\n",
    "driver_inputs": "driver,input,low,likely,high,source\npaying-learner,price,18,20,21,price list\n"
    "paying-learner,margin,0.5,0.6,0.7,cost accounts\n",
    "metric_series": "series,month,value,source\n"
    "found,2025-12,61.5,search log\nfound,2026-01,62,search log\n",
    "outcomes": "epic,metric,unit,direction,baseline,target_low,target_likely,target_high,by_when,"
    "value_class,owner,line,cell,driver,series,leads_to,agreed_on,horizon_months,half_life_months,confirmer,"
    "evidence_planned,planned_share,problem\n"
    "Find lessons,learners who pay,learners,up,100,110,120,130,2026-05-31,revenue,Olga,subscription-margin,"
    "schools,Paying learner,,,2025-12-20,24,6,Fiona,A/B test,50%,They give up\n"
    "Find lessons,searches that find,%,up,62,70,75,80,,not financial,Olga,,,,found,"
    "find-lessons-learners-who-pay,,,,,,,\n",
    "readings": "outcome,epic,metric,read_on,actual,grade,evidence,share_low,share_likely,share_high,"
    "effect_low,effect_likely,effect_high,also_happened\n"
    ",Find lessons,learners who pay,2026-03-31,112,B,test 7,40%,50%,60%,8,11,15,a campaign\n"
    "find-lessons-learners-who-pay,,,2026-04-30,118,B,test 7,40%,50%,60%,,,,\n",
    "closures": "outcome,ended_on,ended_by,landed,learned,reason\n"
    "find-lessons-searches-that-find,2026-06-30,written_off,cannot tell,Measure first,no log was kept\n",
}
