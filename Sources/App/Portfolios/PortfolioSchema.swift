import Storage

extension Migration {
    /// Fields of work, who is in charge of what, and the rules that working regulations set.
    ///
    /// The common fields are the same records in every installation, so that data of a province can join that of the
    /// centre: their uids are fixed here.
    static let createPortfolios = Migration(
        "2026-11-24 portfolio",
        [
            """
            CREATE TABLE work_field (
                id \(.id), uid \(.text) NOT NULL UNIQUE, committee_id \(.int64) REFERENCES committee(id),
                family \(.text) NOT NULL CHECK (family IN ('group', 'pillar', 'own')), code \(.text) NOT NULL,
                name \(.text) NOT NULL CHECK (name <> ''), name_en \(.text) NOT NULL,
                CHECK ((committee_id IS NULL) = (family <> 'own'))
            ) \(.strict)
            """,
            "CREATE INDEX work_field_committee ON work_field(committee_id, id)",
            """
            CREATE TABLE portfolio_line (
                id \(.id), uid \(.text) NOT NULL UNIQUE, committee_id \(.int64) NOT NULL REFERENCES committee(id),
                seat_id \(.int64) NOT NULL REFERENCES committee_seat(id),
                field_id \(.int64) REFERENCES work_field(id), unit_id \(.int64) REFERENCES unit(id),
                paper_id \(.int64) NOT NULL REFERENCES committee_paper(id),
                from_day \(.text) NOT NULL, to_day \(.text) NOT NULL CHECK (to_day >= from_day),
                CHECK ((field_id IS NULL) <> (unit_id IS NULL))
            ) \(.strict)
            """,
            "CREATE INDEX portfolio_line_committee ON portfolio_line(committee_id, to_day)",
            "CREATE INDEX portfolio_line_seat ON portfolio_line(seat_id, to_day)",
            "CREATE INDEX portfolio_line_paper ON portfolio_line(paper_id, to_day)",
            """
            CREATE TABLE committee_rules (
                paper_id \(.int64) NOT NULL PRIMARY KEY REFERENCES committee_paper(id),
                cadence \(.text) NOT NULL CHECK (cadence IN ('monthly', 'quarterly', 'half-yearly')),
                calendar \(.text) NOT NULL CHECK (calendar IN ('administrative', 'calendar')),
                cut_off_day \(.int64) NOT NULL CHECK (cut_off_day BETWEEN 1 AND 31),
                assigner_extends \(.bool01) NOT NULL CHECK (assigner_extends IN (0, 1)),
                head_extends \(.bool01) NOT NULL CHECK (head_extends IN (0, 1)),
                standing_agency_extends \(.bool01) NOT NULL CHECK (standing_agency_extends IN (0, 1)),
                clear_points \(.int64) NOT NULL CHECK (clear_points IN (5, 6)),
                warn_days \(.int64) NOT NULL CHECK (warn_days BETWEEN 0 AND 365),
                warn_days_long \(.int64) NOT NULL CHECK (warn_days_long BETWEEN 0 AND 365)
            ) \(.clustered)
            """,
            """
            INSERT INTO work_field (uid, committee_id, family, code, name, name_en) VALUES
            ('01941f29-7c00-7000-8000-000000000001', NULL, 'group', 'group-1',
                'Nâng cao nhận thức, đổi mới tư duy, quyết tâm chính trị', 'Awareness, new thinking, political resolve'),
            ('01941f29-7c00-7000-8000-000000000002', NULL, 'group', 'group-2', 'Hoàn thiện thể chế', 'Institutions'),
            ('01941f29-7c00-7000-8000-000000000003', NULL, 'group', 'group-3',
                'Đầu tư, hoàn thiện hạ tầng', 'Investment in infrastructure'),
            ('01941f29-7c00-7000-8000-000000000004', NULL, 'group', 'group-4',
                'Nhân lực chất lượng cao, nhân tài', 'Highly skilled people and talent'),
            ('01941f29-7c00-7000-8000-000000000005', NULL, 'group', 'group-5',
                'Chuyển đổi số, khoa học và công nghệ trong hệ thống chính trị, quản trị quốc gia, quốc phòng, an ninh',
                'Digital transformation, science and technology in the political system, governance and security'),
            ('01941f29-7c00-7000-8000-000000000006', NULL, 'group', 'group-6',
                'Khoa học, công nghệ, đổi mới sáng tạo và chuyển đổi số trong doanh nghiệp',
                'Science, technology, innovation and digital transformation in enterprises'),
            ('01941f29-7c00-7000-8000-000000000007', NULL, 'group', 'group-7',
                'Hợp tác quốc tế', 'International co-operation'),
            ('01941f29-7c00-7000-8000-000000000011', NULL, 'pillar', 'digital-society', 'Xã hội số', 'Digital society'),
            ('01941f29-7c00-7000-8000-000000000012', NULL, 'pillar', 'digital-economy', 'Kinh tế số', 'Digital economy'),
            ('01941f29-7c00-7000-8000-000000000013', NULL, 'pillar', 'digital-government',
                'Chính quyền số', 'Digital government'),
            ('01941f29-7c00-7000-8000-000000000014', NULL, 'pillar', 'science',
                'Khoa học và công nghệ', 'Science and technology'),
            ('01941f29-7c00-7000-8000-000000000015', NULL, 'pillar', 'innovation', 'Đổi mới sáng tạo', 'Innovation'),
            ('01941f29-7c00-7000-8000-000000000016', NULL, 'pillar', 'infrastructure', 'Hạ tầng số', 'Digital infrastructure'),
            ('01941f29-7c00-7000-8000-000000000017', NULL, 'pillar', 'people', 'Nhân lực số', 'Digital skills')
            """,
        ])

    /// Tasks as a charge beside fields and localities: a line names one of the three. The table is made anew, since
    /// SQLite cannot change a CHECK; nothing refers to its lines. Key tasks by who gave them are found by an index.
    static let chargeTasks = Migration(
        "2026-11-30 portfolio task",
        [
            """
            CREATE TABLE portfolio_line_new (
                id \(.id), uid \(.text) NOT NULL UNIQUE, committee_id \(.int64) NOT NULL REFERENCES committee(id),
                seat_id \(.int64) NOT NULL REFERENCES committee_seat(id),
                field_id \(.int64) REFERENCES work_field(id), unit_id \(.int64) REFERENCES unit(id),
                task_id \(.int64) REFERENCES task(id),
                paper_id \(.int64) NOT NULL REFERENCES committee_paper(id),
                from_day \(.text) NOT NULL, to_day \(.text) NOT NULL CHECK (to_day >= from_day),
                CHECK (CASE WHEN field_id IS NULL THEN 0 ELSE 1 END + CASE WHEN unit_id IS NULL THEN 0 ELSE 1 END
                    + CASE WHEN task_id IS NULL THEN 0 ELSE 1 END = 1)
            ) \(.strict)
            """,
            """
            INSERT INTO portfolio_line_new (uid, committee_id, seat_id, field_id, unit_id, paper_id, from_day, to_day)
            SELECT uid, committee_id, seat_id, field_id, unit_id, paper_id, from_day, to_day FROM portfolio_line
            ORDER BY id
            """,
            "DROP TABLE portfolio_line",
            "ALTER TABLE portfolio_line_new RENAME TO portfolio_line",
            "CREATE INDEX portfolio_line_committee ON portfolio_line(committee_id, to_day)",
            "CREATE INDEX portfolio_line_seat ON portfolio_line(seat_id, to_day)",
            "CREATE INDEX portfolio_line_paper ON portfolio_line(paper_id, to_day)",
            "CREATE INDEX portfolio_line_task ON portfolio_line(task_id)",
            "CREATE INDEX task_key_given ON task(assigning_unit_id, closed, due, id) WHERE is_key = 1",
        ])
}
