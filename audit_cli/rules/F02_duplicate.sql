-- id: F02
-- zh: 同项目重复领取
-- en: paid twice for one duty
-- severity: critical
-- basis: 社会保险经办条例 46;预算法 57
-- asks_zh: 核对两处资格与户籍,保留一处,另一处书面告知并追回
-- asks_en: settle which place is entitled; give reasoned notice at the other and recover
WITH twice AS (
    SELECT payment_id
    FROM run_lines
    GROUP BY payment_id
    HAVING count(*) > 1
), answered AS (
    SELECT l.*, EXISTS (
        SELECT 1 FROM bank_lines b
        WHERE b.batch_run = l.run AND b.payment_id = l.payment_id AND b.outcome = 'returned'
    ) OR EXISTS (
        SELECT 1 FROM disputes d
        WHERE d.run = l.run AND d.payment_id = l.payment_id AND d.allowed_fen > 0
    ) AS came_back
    FROM run_lines l
), again AS (
    -- Paid again under a later attempt although an earlier one did not come back.
    SELECT max_by(payment_id, attempt) AS payment_id
    FROM answered
    WHERE NOT came_back
    GROUP BY payee_ref, programme, element, period
    HAVING count(DISTINCT attempt) > 1
), found AS (
    SELECT l.*, l.payment_id AS subject_id FROM run_lines l JOIN twice USING (payment_id)
    UNION ALL
    SELECT l.*, a.payment_id AS subject_id
    FROM run_lines l
    JOIN run_lines m ON m.payee_ref = l.payee_ref AND m.programme = l.programme
        AND m.element = l.element AND m.period = l.period
    JOIN again a ON a.payment_id = m.payment_id
    WHERE a.payment_id NOT IN (SELECT payment_id FROM twice)
)
SELECT 'payment:' || lower(hex(subject_id)) AS subject,
       '重复领取:同一待遇 ' || any_value(period) || ' 月列支 ' || count(*) || ' 次,见 '
           || string_agg(run, '、' ORDER BY run, line) || '。' AS zh,
       'Paid twice: one duty of ' || any_value(period) || ' stands in '
           || string_agg(run, ', ' ORDER BY run, line) || '.' AS en,
       min_by(file, (run, line)) AS file, min_by(line, (run, line)) AS line,
       string_agg(run, ', ' ORDER BY run, line) AS runs,
       string_agg(file || ':' || line, ', ' ORDER BY run, line) AS lines,
       sum(amount_fen) AS amount_fen, '1' AS expected, count(*) AS computed
FROM found
GROUP BY subject_id
ORDER BY runs, subject
