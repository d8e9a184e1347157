; All ways to put queens on a board so that none attacks another.

(define (safe? queen others distance)
  (cond ((null? others) #t)
        ((= queen (car others)) #f)
        ((= distance (- queen (car others))) #f)
        ((= distance (- (car others) queen)) #f)
        (else (safe? queen (cdr others) (+ distance 1)))))

(define (queens left size board)
  (if (= left 0)
      (list board)
      (fold append '()
            (map (lambda (queen)
                   (if (safe? queen board 1) (queens (- left 1) size (cons queen board)) '()))
                 (range 0 size)))))

(queens 4 4 '())
(length (queens 5 5 '()))
(length (queens 6 6 '()))
